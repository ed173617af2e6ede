/// How long to leave the service alone after an attempt that failed.
public enum BackOff {
  static let firstSeconds: Int64 = 10
  static let longestSeconds: Int64 = 300

  /// - Parameter count: failures in a row, this one included.
  static func seconds(afterFailures count: Int) -> Int64 {
    let doublings = min(max(count - 1, 0), 5)
    return min(firstSeconds << doublings, longestSeconds)
  }

  /// The failure to keep after `problem`.
  static func failure(
    _ problem: Problem, silentUntil: Moment?, after earlier: Snapshot.Failure?, now: Moment
  ) -> Snapshot.Failure {
    let count = min((earlier?.count ?? 0) + 1, 1000)
    let own: Int64
    switch problem.kind {
    // Nothing was asked of anybody: a new login is seen at once, and looking again costs little.
    case .loggedOut, .loginUnreadable, .config, .loading: own = firstSeconds
    case .forbidden, .offline, .rateLimited, .serviceError: own = seconds(afterFailures: count)
    }
    var retryAt = now.adding(seconds: own)
    if case .rateLimited(let until) = problem { retryAt = until }
    if let silentUntil { retryAt = max(retryAt, silentUntil) }
    return Snapshot.Failure(
      problem: problem, at: now, count: count, retryAt: retryAt,
      isSilenceAsked: silentUntil != nil || problem.kind == .rateLimited)
  }
}
