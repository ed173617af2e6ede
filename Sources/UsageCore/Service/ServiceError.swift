/// Why a request returned no data.
enum ServiceError: Error, Equatable, Sendable {
  /// 401: the access token is invalid.
  case unauthorized
  /// 403.
  case forbidden(Refusal)
  /// 404 or 405: not for this account, or not with this method.
  case notOffered(status: Int)
  /// 429.
  case rateLimited(until: Moment?)
  case serverError(status: Int, retryAfter: Moment?)
  /// Any other status.
  case unexpected(status: Int)
  /// 2xx with a body that cannot be understood.
  case invalidResponse(endpoint: String)
  case transport(TransportError)

  /// The reason for a 403, as far as the message is known.
  enum Refusal: String, CaseIterable, Sendable {
    case organizationNotAccessible = "organization is not accessible"
    case mustBeManager = "must be manager"
    case notInPlan = "not in your plan"
    case other

    /// Recognizes known messages. A body is never repeated.
    init(body: [UInt8]) {
      let text = String(decoding: body.prefix(4096), as: UTF8.self).asciiLowercased
      let known = [Refusal.organizationNotAccessible, .mustBeManager, .notInPlan]
      self = known.first { text.hasOccurrence(of: $0.rawValue) } ?? .other
    }

    /// A sentence without its period.
    var sentence: String {
      switch self {
      case .organizationNotAccessible: "the active organization is not accessible"
      case .mustBeManager: "only managers may read this usage"
      case .notInPlan: "your plan does not include usage data"
      case .other: "the service denies access to this account's usage"
      }
    }
  }

  init(_ response: HTTPResponse, now: Moment) {
    let status = response.status
    switch status {
    case 401: self = .unauthorized
    case 403: self = .forbidden(Refusal(body: response.body))
    case 404, 405: self = .notOffered(status: status)
    case 429: self = .rateLimited(until: RetryAfter.moment(response.retryAfter, now: now))
    case 500...:
      self = .serverError(
        status: status, retryAfter: RetryAfter.moment(response.retryAfter, now: now))
    default: self = .unexpected(status: status)
    }
  }

  /// 401 and 403: another token or organization may change the response.
  var isAboutBearer: Bool {
    switch self {
    case .unauthorized, .forbidden: true
    default: false
    }
  }

  /// The end of a Retry-After.
  var retryAfter: Moment? {
    switch self {
    case .rateLimited(let until): until
    case .serverError(_, let until): until
    default: nil
    }
  }

  /// The problem as a reading shows it.
  func problem(now: Moment) -> Problem {
    switch self {
    case .unauthorized: .loggedOut(.refused)
    case .forbidden(let refusal): .forbidden(reason: refusal.sentence)
    case .rateLimited(let until):
      .rateLimited(until: until ?? now.adding(seconds: RetryAfter.defaultSeconds))
    case .notOffered(let status), .serverError(let status, _), .unexpected(let status):
      .serviceError(reason: "HTTP status \(status)")
    case .invalidResponse(let endpoint):
      .serviceError(reason: "invalid response to \(endpoint)")
    case .transport(let problem):
      switch problem.kind {
      case .tooLarge: .serviceError(reason: "the response is larger than 1 MiB")
      case .libraryMissing: .config(reason: problem.reason)
      case .timeout, .unreachable, .untrusted, .other: .offline(reason: problem.reason)
      }
    }
  }
}

/// https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
enum RetryAfter {
  /// The pause after a 429 without Retry-After.
  static let defaultSeconds: Int64 = 60
  /// A longer Retry-After is capped.
  static let longestSeconds: Int64 = 86_400

  static func moment(_ text: String?, now: Moment) -> Moment? {
    guard let text else { return nil }
    if let seconds = Int64(text), seconds >= 0 {
      return now.adding(seconds: min(seconds, longestSeconds))
    }
    guard let date = DateParser.http(text) else { return nil }
    return min(max(date, now), now.adding(seconds: longestSeconds))
  }
}
