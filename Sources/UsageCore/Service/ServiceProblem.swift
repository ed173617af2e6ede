/// What the service answered instead of figures.
public enum ServiceProblem: Error, Equatable, Sendable {
  /// 401: about the login.
  case unauthorized
  /// 403, with what it is about when that is known.
  case forbidden(Refusal)
  /// 404 or 405: not for this account, or not in this way.
  case notOffered(status: Int)
  /// 429.
  case silenceAsked(until: Moment?)
  case serverError(status: Int, silentUntil: Moment?)
  /// Another status that no rule covers.
  case unexpected(status: Int)
  /// 2xx with a body that makes no sense; names what was asked.
  case nonsense(endpoint: String)
  case transport(TransportProblem)

  public enum Refusal: String, CaseIterable, Sendable {
    case organizationNotAccessible
    case mustBeManager
    case notInPlan
    case unsaid

    /// Known sentences only: a body is never repeated.
    init(body: [UInt8]) {
      let text = String(decoding: body.prefix(4096), as: UTF8.self).lowercased()
      if text.contains("organization is not accessible") {
        self = .organizationNotAccessible
      } else if text.contains("must be manager") {
        self = .mustBeManager
      } else if text.contains("not in your plan") {
        self = .notInPlan
      } else {
        self = .unsaid
      }
    }

    /// A sentence without its full stop.
    public var sentence: String {
      switch self {
      case .organizationNotAccessible: "the active organization is not accessible"
      case .mustBeManager: "only a manager may read this usage"
      case .notInPlan: "usage is not in your plan"
      case .unsaid: "the service refuses this account's usage"
      }
    }
  }

  init(_ answer: HTTPAnswer, now: Moment) {
    let status = answer.status
    switch status {
    case 401: self = .unauthorized
    case 403: self = .forbidden(Refusal(body: answer.body))
    case 404, 405: self = .notOffered(status: status)
    case 429: self = .silenceAsked(until: RetryAfter.moment(answer.retryAfter, now: now))
    case 500...:
      self = .serverError(
        status: status, silentUntil: RetryAfter.moment(answer.retryAfter, now: now))
    default: self = .unexpected(status: status)
    }
  }

  /// Until when the service wants no requests, if it said so.
  public var silentUntil: Moment? {
    switch self {
    case .silenceAsked(let until): until
    case .serverError(_, let until): until
    default: nil
    }
  }

  /// The words of the reading.
  public func problem(now: Moment) -> Problem {
    switch self {
    case .unauthorized: .loggedOut(.refused)
    case .forbidden(let refusal): .forbidden(reason: refusal.sentence)
    case .silenceAsked(let until):
      .rateLimited(until: until ?? now.adding(seconds: RetryAfter.unsaidSeconds))
    case .notOffered(let status), .serverError(let status, _), .unexpected(let status):
      .serviceError(reason: "the service answered \(status)")
    case .nonsense(let endpoint): .serviceError(reason: "the answer to \(endpoint) makes no sense")
    case .transport(let problem):
      switch problem.kind {
      case .tooLarge: .serviceError(reason: "the answer is larger than 1 MiB")
      case .libraryMissing: .config(reason: problem.reason)
      case .timeout, .unreachable, .untrusted, .other: .offline(reason: problem.reason)
      }
    }
  }
}

/// https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
enum RetryAfter {
  /// How long to be silent when the service asks for it and does not say how long.
  static let unsaidSeconds: Int64 = 60
  /// A longer silence is taken for a mistake: the bar would be blind for days.
  static let longestSeconds: Int64 = 86_400

  static func moment(_ text: String?, now: Moment) -> Moment? {
    guard let text else { return nil }
    if let seconds = Int64(text), seconds >= 0 {
      return now.adding(seconds: min(seconds, longestSeconds))
    }
    guard let date = Timestamp.http(text) else { return nil }
    return min(max(date, now), now.adding(seconds: longestSeconds))
  }
}
