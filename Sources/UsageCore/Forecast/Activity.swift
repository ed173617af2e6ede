/// What was used between two samples, in percentage points of one limit of a pool, the unit.
///
/// The unit is the shortest window, because it shows best when somebody works. The other windows of the pool count the
/// same use, so they are proportional.
struct Activity {
  let from: Moment
  let seconds: Int64
  let utcOffset: Int64
  let points: Double
  /// A limit was used up, so that this says nothing about when somebody wants to work.
  let isBlocked: Bool
  /// As `isBlocked`, by a limit other than the unit.
  let isBlockedForLong: Bool

  var end: Moment { from.adding(seconds: seconds) }
  var pointsPerHour: Double { points / Double(seconds) * 3600 }

  /// A longer time between two samples says nothing about single hours.
  private static let longestSeconds: Int64 = 8 * 86_400

  /// Between each two samples, the oldest first.
  static func all(in samples: [Sample], unit: String, pool: [String]) -> [Activity] {
    var all: [Activity] = []
    for (earlier, later) in zip(samples, samples.dropFirst()) {
      let seconds = later.takenAt.seconds(since: earlier.takenAt)
      guard (1...longestSeconds).contains(seconds),
        let before = earlier.share(of: unit), let after = later.share(of: unit)
      else { continue }
      let full = earlier.shares.filter { $0.usedPercent >= 100 && pool.contains($0.limit) }
      all.append(
        Activity(
          from: earlier.takenAt, seconds: seconds, utcOffset: earlier.utcOffset,
          points: after.increase(since: before), isBlocked: !full.isEmpty,
          isBlockedForLong: full.contains { $0.limit != unit }))
    }
    return all
  }

  /// Calls `body` for each local hour that it touches, with the length of the touched part in hours.
  func eachHour(_ body: (_ ofWeek: Int, _ hours: Double) -> Void) {
    var position = from.seconds &+ utcOffset
    let end = position &+ seconds
    while position < end {
      let next = min(end, HourOfWeek.end(of: position))
      body(HourOfWeek.of(position), Double(next &- position) / 3600)
      position = next
    }
  }
}

extension Sample.Share {
  /// Points that were used since an earlier sample.
  func increase(since earlier: Sample.Share) -> Double {
    // A decrease within a window is a correction by the service.
    isSameWindow(as: earlier) ? max(0, usedPercent - earlier.usedPercent) : usedPercent
  }
}
