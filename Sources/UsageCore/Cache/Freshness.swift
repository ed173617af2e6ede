/// Whether a snapshot must be renewed, and whether it may be tried now.
public struct Freshness: Equatable, Sendable {
  /// The figures are older than their time to live, of the future, of another login, or missing.
  public let isDue: Bool
  /// An attempt made now would break the service's silence or our own back-off.
  public let mustWait: Bool

  public init(of snapshot: Snapshot?, ttlSeconds: Int64, loginStamp: String, now: Moment) {
    guard let snapshot else {
      isDue = true
      mustWait = false
      return
    }
    let loginChanged = snapshot.loginStamp != loginStamp
    if let figures = snapshot.figures {
      let age = now.seconds(since: figures.takenAt)
      isDue = age < 0 || age >= ttlSeconds || loginChanged
    } else {
      isDue = true
    }
    // What stopped the last attempt says nothing of a new login, except that the service asked for silence.
    guard let failure = snapshot.failure, failure.retryAt > now,
      !(loginChanged && !failure.isSilenceAsked)
    else {
      mustWait = false
      return
    }
    // A pause that begins in the future was noted before the clock was set back: the refresh dates it anew.
    mustWait = now >= failure.at
  }
}
