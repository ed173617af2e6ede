/// The one request that spends a refresh token.
struct WorkOS {
  static let path = "/user_management/authenticate"
  static let clientID = "client_01HNM792M5G5G1A2THWPXKFMXB"

  enum Failure: Error, Equatable {
    /// Final for this token: it must never be sent again.
    case refused
    /// Nothing left this machine: the token is as good as before.
    case notSent(TransportProblem)
    /// The service said that it did nothing, and when to come back.
    case silenceAsked(until: Moment?)
    /// It is not known whether the token was spent; it may be sent again within the service's 30 s.
    case uncertain(ServiceProblem)

    /// The same failure for a token that an earlier request may have spent.
    var afterSending: Failure {
      switch self {
      case .refused, .uncertain: self
      case .notSent(let problem): .uncertain(.transport(problem))
      case .silenceAsked(let until): .uncertain(.silenceAsked(until: until))
      }
    }
  }

  let transport: any Transport
  let base: String
  let clock: () -> Moment

  func exchange(refreshToken: String) throws(Failure) -> TokenPair {
    let form = [
      ("grant_type", "refresh_token"), ("refresh_token", refreshToken),
      ("client_id", Self.clientID),
    ].map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    let request = HTTPRequest(
      method: .post, url: base + Self.path,
      headers: [
        ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"),
        ("User-Agent", Product.userAgent),
      ],
      body: Array(form.utf8))
    let answer: HTTPAnswer
    do {
      answer = try transport.perform(request)
    } catch {
      throw error.wasSent ? .uncertain(.transport(error)) : .notSent(error)
    }
    switch answer.status {
    case 200..<300:
      return try pair(answer, sent: refreshToken)
    case 429:
      throw .silenceAsked(until: RetryAfter.moment(answer.retryAfter, now: clock()))
    case 400..<500 where answer.status != 408:
      throw .refused
    default:
      throw .uncertain(ServiceProblem(answer, now: clock()))
    }
  }

  private func pair(_ answer: HTTPAnswer, sent: String) throws(Failure) -> TokenPair {
    guard let value = JSONValue(answer: answer.body), let access = value["access_token"]?.string,
      LoginDocument.isToken(access)
    else { throw .uncertain(.nonsense(endpoint: Self.path)) }
    // An answer without a new refresh token has not replaced the old one.
    let refresh = value["refresh_token"]?.string ?? sent
    guard LoginDocument.isToken(refresh) else { throw .uncertain(.nonsense(endpoint: Self.path)) }
    return TokenPair(accessToken: access, refreshToken: refresh)
  }
}
