/// How fast a limit was used recently, from the samples of its current window.
enum TrailingRate {
  /// With fewer, a single delayed sample would dominate.
  static let fewestSamples = 3

  /// Percentage points per hour over the last `seconds`; nil with too few samples.
  ///
  /// The samples are sorted, the oldest first; the last one is the current one.
  static func pointsPerHour(of limit: String, over seconds: Int64, in samples: [Sample]) -> Double?
  {
    guard let latest = samples.last, let current = latest.share(of: limit),
      current.resetsAt != nil
    else { return nil }
    var first = latest
    var count = 0
    for sample in samples.reversed() {
      // Stops at an earlier window.
      guard let share = sample.share(of: limit), share.isSameWindow(as: current) else { break }
      let isOlder = latest.takenAt.seconds(since: sample.takenAt) > seconds
      // Of a pause, the history has only the first and the last sample.
      guard !isOlder || share.usedPercent == first.share(of: limit)?.usedPercent else { break }
      first = sample
      count += 1
      if isOlder { break }
    }
    // A day must include its night. Half an hour is enough for an hour.
    let least = seconds > 3600 ? seconds / 6 * 5 : seconds / 2
    let covered = min(seconds, latest.takenAt.seconds(since: first.takenAt))
    guard count >= fewestSamples, covered >= least, let start = first.share(of: limit) else {
      return nil
    }
    // A decrease within a window is a correction by the service.
    let points = max(0, current.usedPercent - start.usedPercent)
    return points / Double(covered) * 3600
  }
}

extension Trend.Sparkline {
  /// The highest usage of a limit in each step up to the last sample. Nil with fewer than two samples.
  init?(of limit: String, in samples: [Sample], steps: Int, stepSeconds: Int64) {
    guard let end = samples.last?.takenAt, samples.count > 1 else { return nil }
    var percentages: [Double?] = []
    var index = 0
    var latest: Sample.Share?
    for step in 0..<steps {
      let from = end.adding(seconds: -Int64(steps - step) * stepSeconds)
      let to = from.adding(seconds: stepSeconds)
      // Between samples the value stays the same until its window ends.
      var highest = latest.map { $0.resetsAt.map { $0 > from } ?? true ? $0.usedPercent : 0 }
      while index < samples.count,
        samples[index].takenAt < to || (step == steps - 1 && samples[index].takenAt <= to)
      {
        let sample = samples[index]
        index += 1
        guard let share = sample.share(of: limit) else { continue }
        latest = share
        if sample.takenAt >= from {
          highest = max(highest ?? 0, share.usedPercent)
        } else {
          highest = share.resetsAt.map { $0 > from } ?? true ? share.usedPercent : 0
        }
      }
      percentages.append(highest)
    }
    self.init(percentages: percentages)
  }
}
