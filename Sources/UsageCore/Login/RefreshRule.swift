/// How long an access token has to live, and whether that is little enough to renew it before the service says so.
struct RefreshRule {
  static let longestAheadSeconds: Int64 = 86_400

  /// Nil when the token does not say.
  let remainingSeconds: Int64?
  private let lengthSeconds: Int64?
  private let wasAttempted: Bool

  /// - Parameters:
  ///   - obtainedAt: when we got the token ourselves, by this machine's clock.
  ///   - wasAttempted: a renewal was tried for this very token.
  init(_ claims: Claims?, obtainedAt: Moment?, wasAttempted: Bool, now: Moment) {
    self.wasAttempted = wasAttempted
    guard let expiresAt = claims?.expiresAt else {
      (remainingSeconds, lengthSeconds) = (nil, nil)
      return
    }
    let start = claims?.issuedAt ?? obtainedAt
    lengthSeconds = start.map { max(0, expiresAt.seconds(since: $0)) }
    // A clock that is wrong makes every new token look old: one of our own is judged by its own age.
    if let lengthSeconds, claims?.issuedAt != nil, let obtainedAt, now >= obtainedAt {
      remainingSeconds = lengthSeconds - min(now.seconds(since: obtainedAt), lengthSeconds)
    } else {
      remainingSeconds = expiresAt.seconds(since: now)
    }
  }

  /// Whether the token may still be used at all.
  var isValid: Bool { remainingSeconds.map { $0 > 0 } ?? true }

  var isDue: Bool {
    guard let remainingSeconds else { return false }
    if let lengthSeconds {
      return remainingSeconds <= min(Self.longestAheadSeconds, lengthSeconds / 7)
    }
    // A life of unknown length: a short one would be renewed at every poll, so each token is tried once.
    if wasAttempted && isValid { return false }
    return remainingSeconds <= Self.longestAheadSeconds
  }
}
