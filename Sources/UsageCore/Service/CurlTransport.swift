import CLibraries

/// The system's libcurl, opened at the first request. One connection serves all requests of a refresh.
public final class CurlTransport: Transport {
  private var session: OpaquePointer?
  private let certificateFile: String?

  /// - Parameter environment: `SSL_CERT_FILE` is read here; the proxy variables are read by libcurl itself.
  public init(environment: Environment) {
    certificateFile = environment["SSL_CERT_FILE"]
  }

  deinit {
    curl_session_close(session)
  }

  public func perform(_ request: HTTPRequest) throws(TransportProblem) -> HTTPAnswer {
    let session = try openedSession()
    let lines = request.headers.map { "\($0.name): \($0.value)" }
    // A line break in a header would be a header of somebody else's making.
    guard lines.allSatisfy({ !$0.utf8.contains { $0 < 0x20 || $0 == 0x7f } }) else {
      throw TransportProblem(
        kind: .other, reason: "a header holds a control character", wasSent: false)
    }
    var answer = curl_answer()
    withCStrings(lines) { headers in
      request.method.rawValue.withCString { method in
        request.url.withCString { url in
          (request.body ?? []).withUnsafeBufferPointer { body in
            withOptionalCString(certificateFile) { certificates in
              var raw = curl_request()
              raw.method = method
              raw.url = url
              raw.headers = headers
              if request.body != nil {
                raw.body = UnsafeRawPointer(body.baseAddress)?.assumingMemoryBound(to: CChar.self)
                raw.body_length = body.count
              }
              raw.ca_file = certificates
              raw.connect_timeout_milliseconds = HTTPRequest.connectTimeoutMilliseconds
              raw.timeout_milliseconds = request.timeoutMilliseconds
              raw.body_limit = HTTPRequest.bodyLimit
              raw.ignore_proxy = request.url.hasPrefix("http://") ? 1 : 0
              curl_session_perform(session, &raw, &answer)
            }
          }
        }
      }
    }
    if answer.failure != CURL_FAILURE_NONE { throw problem(of: answer) }
    let body = UnsafeRawBufferPointer(start: answer.body, count: answer.body_length)
    return HTTPAnswer(
      status: answer.status, body: Array(body), retryAfter: text(of: answer.retry_after),
      date: text(of: answer.date),
      seconds: answer.seconds)
  }

  private func openedSession() throws(TransportProblem) -> OpaquePointer {
    if let session { return session }
    var message = [CChar](repeating: 0, count: Int(CURL_LIBRARY_MESSAGE_SIZE))
    guard let opened = curl_session_open(&message) else {
      throw TransportProblem(kind: .libraryMissing, reason: message.text, wasSent: false)
    }
    session = opened
    return opened
  }

  private func problem(of answer: curl_answer) -> TransportProblem {
    let kind: TransportProblem.Kind =
      switch answer.failure {
      case CURL_FAILURE_TIMEOUT: .timeout
      case CURL_FAILURE_UNREACHABLE: .unreachable
      case CURL_FAILURE_UNTRUSTED: .untrusted
      case CURL_FAILURE_TOO_LARGE: .tooLarge
      default: .other
      }
    let reason = curl_library_reason(answer.code).map { String(cString: $0) } ?? "unknown"
    return TransportProblem(kind: kind, reason: reason, wasSent: answer.request_sent != 0)
  }
}

extension [CChar] {
  /// The text up to the closing zero.
  var text: String {
    String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// The text of a C array field, nil when it is empty.
private func text<Field>(of field: Field) -> String? {
  withUnsafeBytes(of: field) { bytes in
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    return text.isEmpty ? nil : text
  }
}

private func withOptionalCString(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Void) {
  guard let text else { return body(nil) }
  text.withCString(body)
}

/// Hands over an array of C strings that is ended by a null pointer.
private func withCStrings(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Void
) {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
  pointers.withUnsafeBufferPointer { body($0.baseAddress) }
}
