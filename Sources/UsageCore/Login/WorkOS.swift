/// The request that exchanges a refresh token for a new pair, and thereby spends it.
struct WorkOS {
  static let path = "/authenticate"
  static let clientID = "client_01HNM792M5G5G1A2THWPXKFMXB"

  enum Failure: Error, Equatable {
    /// The token must never be sent again.
    case refused
    /// No byte was sent: the token is still valid.
    case notSent(TransportError)
    /// The service rejected the request without looking at the token.
    case rejected(ServiceError)
    /// The token may be spent. Within 30 s the service repeats its response to the same token.
    case uncertain(ServiceError)
  }

  let transport: any Transport
  /// Ends in `/user_management`.
  let base: String
  let clock: () -> Moment

  func exchange(refreshToken: String) throws(Failure) -> TokenPair {
    let form = [
      ("grant_type", "refresh_token"), ("refresh_token", refreshToken),
      ("client_id", Self.clientID),
    ].map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    let request = HTTPRequest(
      url: base + Self.path,
      headers: [
        ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"),
        ("User-Agent", Product.userAgent),
      ],
      body: Array(form.utf8),
      // libcurl repeats a request by itself when a reused connection was closed.
      usesOwnConnection: true)
    let response: HTTPResponse
    do {
      response = try transport.perform(request)
    } catch {
      throw error.wasSent ? .uncertain(.transport(error)) : .notSent(error)
    }
    if let failure = failure(response) { throw failure }
    guard let body = JSONValue(response: response.body),
      let access = body["access_token"]?.visibleASCII
    else { throw .uncertain(.invalidResponse(endpoint: Self.path)) }
    // A response without a refresh token leaves the old one valid.
    let refresh = body["refresh_token"]?.string ?? refreshToken
    guard refresh.isVisibleASCII else {
      throw .uncertain(.invalidResponse(endpoint: Self.path))
    }
    return TokenPair(accessToken: access, refreshToken: refresh)
  }

  /// Nil for 2xx.
  private func failure(_ response: HTTPResponse) -> Failure? {
    let problem = ServiceError(response, now: clock())
    switch response.status {
    case 200..<300: return nil
    case 429: return .rejected(problem)
    // A wrong address: `FACTORY_WORKOS_BASE_URL`, or a proxy.
    case 404, 405: return .rejected(problem)
    case 408, 500...: return .uncertain(problem)
    case 400..<500: return .refused
    // A redirect or something unknown: not followed, because the token would go to another host.
    default: return .uncertain(problem)
    }
  }
}
