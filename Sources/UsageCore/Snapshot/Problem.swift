/// Why there is no data, or no newer data. `ProblemText` in BarOutput has the wording.
public enum Problem: Equatable, Sendable {
  /// The name in classes, files and `--demo`.
  public enum Kind: String, CaseIterable, Sendable {
    case loading
    case loggedOut = "logged-out"
    case loginUnreadable = "login-unreadable"
    case forbidden
    case offline
    case rateLimited = "rate-limited"
    case serviceError = "service-error"
    case config
  }

  /// A refresh is in progress.
  case loading
  case loggedOut(LoggedOut)
  /// A login store exists but cannot be read, decrypted or safely refreshed. The reason is a sentence without its period.
  case loginUnreadable(reason: String)
  /// The service denies access to a valid login.
  case forbidden(reason: String)
  case offline(reason: String)
  /// 429, or a 5xx with Retry-After.
  case rateLimited(until: Moment)
  /// A 5xx, or an invalid response.
  case serviceError(reason: String)
  case config(reason: String)

  /// Why no login can be used. The raw value is in the cache.
  public enum LoggedOut: String, CaseIterable, Sendable {
    case noLogin = "no-login"
    case expired
    case refused
    case keyRefused = "key-refused"
  }

  /// The problem without its details.
  public var kind: Kind {
    switch self {
    case .loading: .loading
    case .loggedOut: .loggedOut
    case .loginUnreadable: .loginUnreadable
    case .forbidden: .forbidden
    case .offline: .offline
    case .rateLimited: .rateLimited
    case .serviceError: .serviceError
    case .config: .config
    }
  }
}
