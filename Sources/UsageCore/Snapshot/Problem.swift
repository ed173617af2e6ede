/// Why there is no reading, or no newer one. The cases carry data; `Words` in BarOutput says them.
public enum Problem: Equatable, Sendable {
  /// The spelling in classes, files and `--demo`.
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

  /// A first refresh is under way.
  case loading
  case loggedOut(LoggedOut)
  /// What is wrong with which store, as a sentence without its full stop.
  case loginUnreadable(reason: String)
  /// The service knows the login and answers no; its words when it gave some.
  case forbidden(reason: String)
  /// Why the service could not be reached.
  case offline(reason: String)
  /// The service asked for silence until then.
  case rateLimited(until: Moment)
  /// A 5xx, or an answer that makes no sense.
  case serviceError(reason: String)
  case config(reason: String)

  public enum LoggedOut: String, CaseIterable, Sendable {
    case noLogin = "no-login"
    case expired
    case refused
    case keyRefused = "key-refused"
  }

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
