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
  public func perform(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
    let session = try openedSession()
    let lines = request.headers.map { "\($0.name): \($0.value)" }
    // A line break would start another header.
    guard lines.allSatisfy({ !$0.utf8.contains { $0 < 0x20 || $0 == 0x7f } }) else {
      throw TransportError(
        kind: .other, reason: "a header contains a control character", wasSent: false)
    }
    var options = curl_options(
      timeout_milliseconds: request.timeoutMilliseconds,
      ignore_proxy: request.url.hasPrefix("http://") ? 1 : 0,
      own_connection: request.usesOwnConnection ? 1 : 0)
    let response = CArguments.with(lines) { headers in
      curl_session_perform(
        session, request.url, headers, request.body, request.body?.count ?? 0, certificateFile,
        &options)
    }
    guard response.code == 0 else {
      throw TransportError(
        kind: response.too_large != 0 ? .tooLarge : .init(curlCode: response.code),
        reason: String(cString: response.reason), wasSent: response.request_sent != 0)
    }
    let body = UnsafeRawBufferPointer(start: response.body, count: response.body_length)
    return HTTPResponse(
      status: response.status, body: Array(body), retryAfter: text(of: response.retry_after),
      date: text(of: response.date), seconds: response.seconds)
  }

  private func openedSession() throws(TransportError) -> OpaquePointer {
    if let session { return session }
    guard let opened = curl_session_open() else {
      throw TransportError(
        kind: .libraryMissing, reason: String(cString: curl_library_problem()), wasSent: false)
    }
    session = opened
    return opened
  }
}

extension TransportError.Kind {
  /// https://curl.se/libcurl/c/libcurl-errors.html
  fileprivate init(curlCode: Int32) {
    self =
      switch curlCode {
      case 28: .timeout
      // The TLS handshake, and the certificates of both sides.
      case 35, 51, 53, 54, 58, 59, 60, 66, 77, 80, 82, 83, 90, 91: .untrusted
      case 5, 6, 7, 52, 55, 56, 92, 95, 97: .unreachable
      default: .other
      }
  }
}
