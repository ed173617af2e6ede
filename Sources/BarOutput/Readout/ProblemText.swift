import UsageCore

/// The wording of problems.
public enum ProblemText {
  /// A word or two for the bar.
  static func brief(_ problem: Problem, now: Moment) -> String {
    switch problem {
    case .loading: "loading"
    case .loggedOut: "logged out"
    case .loginUnreadable: "login unreadable"
    case .forbidden: "no access"
    case .offline: "offline"
    case .rateLimited(let until): "rate-limited, \(retrying(until, now))"
    case .serviceError: "service error"
    case .config: "config error"
    }
  }

  /// What failed, on what, and what to do.
  /// `droidHome` is the value of `FACTORY_HOME_OVERRIDE` with which droid uses the same login; nil for none.
  public static func sentence(_ problem: Problem, now: Moment, droidHome: String?) -> String {
    let droid = DroidCommand.text(home: droidHome)
    return switch problem {
    case .loading: "Refreshing…"
    case .loggedOut(.noLogin): "Not logged in. Run '\(droid)' and log in."
    case .loggedOut(.expired): "Your login has expired. Run '\(droid)' to log in again."
    case .loggedOut(.refused): "The service rejected your login. Run '\(droid)' and log in again."
    case .loggedOut(.keyRefused): "The service rejected FACTORY_API_KEY. Set a valid key."
    case .loginUnreadable(let reason): "Cannot use the login: \(reason)."
    case .forbidden(let reason): "No access: \(reason)."
    case .offline(let reason): "Offline: \(reason). Retrying automatically."
    case .rateLimited(let until): "Rate limited: \(retrying(until, now))."
    case .serviceError(let reason): "Service error: \(reason). Retrying automatically."
    case .config(let reason): reason.hasSuffix(".") ? reason : reason + "."
    }
  }

  private static func retrying(_ until: Moment, _ now: Moment) -> String {
    "retrying in \(Format.duration(until.seconds(since: now)))"
  }
}
