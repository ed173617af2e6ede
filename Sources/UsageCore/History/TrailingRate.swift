/// How fast a limit is used up lately, from samples of its present window.
enum TrailingRate {
  /// With fewer, one reading that came late decides everything.
  static let fewestSamples = 3

  /// Points an hour over the last `seconds`; nil when the samples do not say.
  ///
  /// - Parameter samples: oldest first; the last one is now.
  static func pointsPerHour(of limit: String, over seconds: Int64, in samples: [Sample]) -> Double?
  {
    guard let latest = samples.last, let current = latest.share(of: limit),
      current.resetsAt != nil
    else { return nil }
    var first = latest
    var count = 0
    for sample in samples.reversed() {
      // What was used in an earlier window says nothing of this one, nor does what lies before the span.
      guard latest.takenAt.seconds(since: sample.takenAt) <= seconds,
        let share = sample.share(of: limit), share.isSameWindow(as: current)
      else { break }
      first = sample
      count += 1
    }
    // A day without its night is no day; of an hour the half will do.
    let least = seconds > 3600 ? seconds / 6 * 5 : seconds / 2
    let covered = latest.takenAt.seconds(since: first.takenAt)
    guard count >= fewestSamples, covered >= least, let start = first.share(of: limit) else {
      return nil
    }
    // A share that fell inside one window was set right by the service: there is no using up in that.
    let points = max(0, current.usedPercent - start.usedPercent)
    return points / Double(covered) * 3600
  }
}
