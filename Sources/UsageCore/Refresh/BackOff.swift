/// How long to pause after a failed refresh.
enum BackOff {
  static let firstSeconds: Int64 = 10
  static let longestSeconds: Int64 = 300

  /// The failure to record after `problem`.
  static func failure(
    _ problem: Problem, retryAfter: Moment?, after earlier: Snapshot.Failure?, now: Moment
  ) -> Snapshot.Failure {
    let count = min(earlier?.count ?? 0, 999) + 1
    let seconds: Int64
    switch problem.kind {
    // No request was sent, and looking for a new login is cheap.
    case .loggedOut, .loginUnreadable, .config, .loading: seconds = firstSeconds
    case .forbidden, .offline, .rateLimited, .serviceError:
      let doublings = min(max(count - 1, 0), 5)
      seconds = min(firstSeconds << Int64(doublings), longestSeconds)
    }
    var retryAt = now.adding(seconds: seconds)
    if case .rateLimited(let until) = problem { retryAt = until }
    if let retryAfter { retryAt = max(retryAt, retryAfter) }
    return Snapshot.Failure(
      problem: problem, at: now, count: count, retryAt: retryAt, hasRetryAfter: retryAfter != nil)
  }
}
