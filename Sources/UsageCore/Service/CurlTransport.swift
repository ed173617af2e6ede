import CLibraries

/// The system's libcurl, loaded at the first request. All requests of a refresh share a connection.
public final class CurlTransport: Transport {
  private var session: OpaquePointer?
  private let certificateFile: String?

  /// - Parameter environment: for `SSL_CERT_FILE`. libcurl reads the proxy variables itself.
  public init(environment: Environment) {
    certificateFile = environment["SSL_CERT_FILE"]
  }

  deinit {
    curl_session_close(session)
  }

  /// Throws for a header with a control character, and when libcurl is missing.
  public func perform(_ request: HTTPRequest) throws(TransportProblem) -> HTTPResponse {
    let session = try openedSession()
    let lines = request.headers.map { "\($0.name): \($0.value)" }
    // A line break would start another header.
    guard lines.allSatisfy({ !$0.utf8.contains { $0 < 0x20 || $0 == 0x7f } }) else {
      throw TransportProblem(
        kind: .other, reason: "a header contains a control character", wasSent: false)
    }
    var response = curl_response()
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
              raw.own_connection = request.usesOwnConnection ? 1 : 0
              raw.ignore_proxy = request.url.hasPrefix("http://") ? 1 : 0
              curl_session_perform(session, &raw, &response)
            }
          }
        }
      }
    }
    if response.failure != CURL_FAILURE_NONE { throw problem(of: response) }
    let body = UnsafeRawBufferPointer(start: response.body, count: response.body_length)
    return HTTPResponse(
      status: response.status, body: Array(body), retryAfter: text(of: response.retry_after),
      date: text(of: response.date),
      seconds: response.seconds)
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

  private func problem(of response: curl_response) -> TransportProblem {
    let kind: TransportProblem.Kind =
      switch response.failure {
      case CURL_FAILURE_TIMEOUT: .timeout
      case CURL_FAILURE_UNREACHABLE: .unreachable
      case CURL_FAILURE_UNTRUSTED: .untrusted
      case CURL_FAILURE_TOO_LARGE: .tooLarge
      default: .other
      }
    let reason = curl_library_reason(response.code).map { String(cString: $0) } ?? "unknown"
    return TransportProblem(kind: kind, reason: reason, wasSent: response.request_sent != 0)
  }
}

/// The text of a C array; nil when empty.
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

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Void
) {
  let copies = texts.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  let pointers = copies.map { $0.map { UnsafePointer($0) } } + [nil]
  pointers.withUnsafeBufferPointer { body($0.baseAddress) }
}
