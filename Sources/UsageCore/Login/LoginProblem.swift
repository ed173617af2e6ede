/// Why there is no login to ask with.
public enum LoginProblem: Error, Equatable, Sendable {
  case noLogin
  /// A store cannot be read, decrypted or safely refreshed; a sentence without its full stop.
  case unreadable(reason: String)
  /// It ran out and may not or cannot be renewed.
  case expired
  /// The service refused it for good.
  case refused
  /// The login service could not be asked, or did not answer sensibly.
  case service(ServiceProblem)

  public func problem(now: Moment) -> Problem {
    switch self {
    case .noLogin: .loggedOut(.noLogin)
    case .unreadable(let reason): .loginUnreadable(reason: reason)
    case .expired: .loggedOut(.expired)
    case .refused: .loggedOut(.refused)
    case .service(let problem): problem.problem(now: now)
    }
  }

  var silentUntil: Moment? {
    guard case .service(let problem) = self else { return nil }
    return problem.silentUntil
  }
}
