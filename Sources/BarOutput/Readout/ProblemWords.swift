import UsageCore

/// What a problem is called in a bar, and what a person can do about it.
public enum ProblemWords {
  /// A word or two for the bar.
  static func brief(_ problem: Problem, now: Moment) -> String {
    switch problem {
    case .loading: "loading"
    case .loggedOut: "logged out"
    case .loginUnreadable: "login unreadable"
    case .forbidden: "no access"
    case .offline: "offline"
    case .rateLimited(let until): "rate-limited, \(again(until, now))"
    case .serviceError: "service error"
    case .config: "config error"
    }
  }

  /// What failed, on what, and what to do.
  public static func sentence(_ problem: Problem, now: Moment) -> String {
    switch problem {
    case .loading: "The first reading is under way."
    case .loggedOut(let why): loggedOut(why)
    case .loginUnreadable(let reason): "Login unreadable: \(reason)."
    case .forbidden(let reason): "No access: \(reason)."
    case .offline(let reason): "Offline: \(reason). It is tried again by itself."
    case .rateLimited(let until): "The service asks for a pause: \(again(until, now))."
    case .serviceError(let reason): "Service error: \(reason). It is tried again by itself."
    case .config(let reason): reason.hasSuffix(".") ? reason : reason + "."
    }
  }

  private static func again(_ until: Moment, _ now: Moment) -> String {
    "again in \(Words.duration(until.seconds(since: now)))"
  }

  private static func loggedOut(_ why: Problem.LoggedOut) -> String {
    switch why {
    case .noLogin: "Logged out: run 'droid' and log in."
    case .expired: "The login has run out: run 'droid' to renew it."
    case .refused: "Logged out: the service refuses the login. Run 'droid' and log in."
    case .keyRefused: "The service refuses FACTORY_API_KEY: set a valid key."
    }
  }
}
