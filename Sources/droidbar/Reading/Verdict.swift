import UsageCore

/// Makes a reading of a snapshot: what may be shown of it, whether it is stale, and what is wrong.
struct Verdict {
  let ttlSeconds: Int64
  /// Whether anybody waited for the refresh: figures are not called stale before it had its chance.
  let hasWaited: Bool
  let now: Moment

  /// - Parameters:
  ///   - snapshot: of the login that is there now; nil when there is none of it.
  ///   - end: nil when nothing was due.
  ///   - storageProblem: why nothing can be kept; asked only when a refresh left nothing.
  func reading(_ snapshot: Snapshot?, after end: RefreshEnd?, storageProblem: () -> Problem?)
    -> Reading
  {
    guard let figures = snapshot?.figures else {
      let problem = snapshot?.failure?.problem ?? unsaid(end, storageProblem) ?? .loading
      return Reading(figures: nil, problem: problem, isStale: false, now: now)
    }
    let age = now.seconds(since: figures.takenAt)
    guard age < 0 || age >= ttlSeconds else {
      return Reading(figures: figures, problem: nil, isStale: false, now: now)
    }
    if let problem = snapshot?.failure?.problem ?? unsaid(end, storageProblem) {
      return Reading(figures: figures, problem: problem, isStale: true, now: now)
    }
    // A refresh that is waited for in vain has not said yet what is wrong.
    let isOverdue = hasWaited || age >= 2 * ttlSeconds + 60
    guard end == .stillRunning, isOverdue else {
      return Reading(figures: figures, problem: nil, isStale: false, now: now)
    }
    return Reading(figures: figures, problem: .loading, isStale: true, now: now)
  }

  /// What is wrong when the refresh itself said nothing.
  private func unsaid(_ end: RefreshEnd?, _ storageProblem: () -> Problem?) -> Problem? {
    switch end {
    case .notStarted: .config(reason: "The refresh cannot be started")
    case .ended: storageProblem()
    case .stillRunning, nil: nil
    }
  }
}
