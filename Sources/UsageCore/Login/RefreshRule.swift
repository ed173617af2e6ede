/// When an access token is refreshed without waiting for the service to reject it.
struct RefreshRule {
  /// Tokens that live this long are refreshed a day early. For shorter ones, droid refreshes one minute before the
  /// end and keeps its tokens in memory: an earlier refresh of ours would spend the token that droid will send.
  static let longLifeSeconds: Int64 = 6 * 86_400
  static let longLifeAheadSeconds: Int64 = 86_400
  static let shortLifeAheadSeconds: Int64 = 30

  /// Nil when unknown.
  let remainingSeconds: Int64?
  private let isLongLived: Bool

  /// `obtainedAt` is when we received the token ourselves, by this machine's clock.
  init(_ claims: Claims?, obtainedAt: Moment?, now: Moment) {
    let expiresAt = claims?.expiresAt
    let lifetime = expiresAt.flatMap { expiry in
      claims?.issuedAt.map { max(0, expiry.seconds(since: $0)) }
    }
    isLongLived = lifetime.map { $0 >= Self.longLifeSeconds } ?? false
    guard let expiresAt else {
      remainingSeconds = nil
      return
    }
    guard let obtainedAt, now >= obtainedAt else {
      remainingSeconds = expiresAt.seconds(since: now)
      return
    }
    if let lifetime {
      // Judged by its age, so that a wrong clock does not make every new token look old.
      remainingSeconds = lifetime - min(now.seconds(since: obtainedAt), lifetime)
    } else if expiresAt.seconds(since: obtainedAt) <= Self.shortLifeAheadSeconds {
      // It looked expired when it was new: the clock is wrong. The service will say when it has expired.
      remainingSeconds = nil
    } else {
      remainingSeconds = expiresAt.seconds(since: now)
    }
  }

  /// Whether the token can still be used.
  var isValid: Bool { remainingSeconds.map { $0 > 0 } ?? true }

  var isDue: Bool {
    guard let remainingSeconds else { return false }
    return remainingSeconds
      <= (isLongLived ? Self.longLifeAheadSeconds : Self.shortLifeAheadSeconds)
  }
}
