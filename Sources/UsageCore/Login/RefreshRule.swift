/// When an access token is old enough to be renewed, before the service says so.
enum RefreshRule {
  static let longestAheadSeconds: Int64 = 86_400

  /// - Parameters:
  ///   - obtainedAt: when we got the token ourselves, by this machine's clock.
  ///   - wasAttempted: a renewal was tried for this very token.
  static func isDue(_ claims: Claims?, obtainedAt: Moment?, wasAttempted: Bool, now: Moment) -> Bool
  {
    guard let claims, let expiresAt = claims.expiresAt else { return false }
    if let issuedAt = claims.issuedAt ?? obtainedAt {
      let life = max(0, expiresAt.seconds(since: issuedAt))
      let ahead = min(longestAheadSeconds, life / 7)
      // A clock that is wrong makes every new token look old: one of our own is judged by its own age.
      if let obtainedAt, claims.issuedAt != nil {
        let age = now.seconds(since: obtainedAt)
        if age >= 0 { return life - min(age, life) <= ahead }
      }
      return expiresAt.seconds(since: now) <= ahead
    }
    // A life of unknown length: a short one would be renewed at every poll, so each token is tried once.
    if wasAttempted && expiresAt > now { return false }
    return expiresAt.seconds(since: now) <= longestAheadSeconds
  }

  /// Whether the token may still be used at all.
  static func isValid(_ claims: Claims?, now: Moment) -> Bool {
    guard let expiresAt = claims?.expiresAt else { return true }
    return expiresAt > now
  }
}
