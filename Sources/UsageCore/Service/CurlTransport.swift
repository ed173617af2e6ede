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
    var options = curl_options(
      connect_timeout_milliseconds: HTTPRequest.connectTimeoutMilliseconds,
      timeout_milliseconds: request.timeoutMilliseconds, body_limit: HTTPRequest.bodyLimit,
      ignore_proxy: request.url.hasPrefix("http://") ? 1 : 0,
      own_connection: request.usesOwnConnection ? 1 : 0)
    let response = CArguments.with(lines) { headers in
      curl_session_perform(
        session, request.url, headers, request.body, request.body?.count ?? 0, certificateFile,
        &options)
    }
    if response.failure != CURL_FAILURE_NONE { throw problem(of: response) }
    let body = UnsafeRawBufferPointer(start: response.body, count: response.body_length)
    return HTTPResponse(
      status: response.status, body: Array(body), retryAfter: text(of: response.retry_after),
      date: text(of: response.date), seconds: response.seconds)
  }

  private func openedSession() throws(TransportProblem) -> OpaquePointer {
    if let session { return session }
    guard let opened = curl_session_open() else {
      throw TransportProblem(
        kind: .libraryMissing, reason: String(cString: curl_library_problem()), wasSent: false)
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
    return TransportProblem(
      kind: kind, reason: String(cString: response.reason), wasSent: response.request_sent != 0)
  }
}
