/// Whether a snapshot must be refreshed, and whether that may be tried now.
public struct Freshness: Equatable, Sendable {
  /// The data is missing, past its TTL, from the future, or of another login.
  public let isOutdated: Bool
  /// The back-off or a Retry-After is still running.
  public let mustWait: Bool

  public init(of snapshot: Snapshot?, ttlSeconds: Int64, loginStamp: String, now: Moment) {
    let isOtherLogin = snapshot?.loginStamp != loginStamp
    let age = snapshot?.data.map { now.seconds(since: $0.takenAt) }
    isOutdated = isOtherLogin || age.map { $0 < 0 || $0 >= ttlSeconds } ?? true

    // A new login ends our own back-off, but not a Retry-After. A pause that starts in the future was recorded before
    // the clock was set back; the next refresh corrects it.
    if let failure = snapshot?.failure, failure.retryAt > now, now >= failure.at {
      mustWait = !isOtherLogin || failure.hasRetryAfter
    } else {
      mustWait = false
    }
  }
}
