/// The course of a share over the last day or week, in equal steps.
enum CourseMaker {
  static let daySteps = 24
  static let weekSteps = 28
  private static let stepOfDay: Int64 = 3600
  private static let stepOfWeek: Int64 = 6 * 3600

  static func day(of limit: String, in samples: [Sample]) -> Trend.Course? {
    course(of: limit, in: samples, steps: daySteps, stepSeconds: stepOfDay)
  }

  static func week(of limit: String, in samples: [Sample]) -> Trend.Course? {
    course(of: limit, in: samples, steps: weekSteps, stepSeconds: stepOfWeek)
  }

  private static func course(
    of limit: String, in samples: [Sample], steps: Int, stepSeconds: Int64
  ) -> Trend.Course? {
    guard let end = samples.last?.takenAt, samples.count > 1 else { return nil }
    var shares: [Double?] = []
    var index = 0
    var latest: Sample.Share?
    for step in 0..<steps {
      let from = end.adding(seconds: -Int64(steps - step) * stepSeconds)
      let to = from.adding(seconds: stepSeconds)
      // Before anything new is read a share stays what it was, until its window has ended.
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
      shares.append(highest)
    }
    return Trend.Course(shares: shares)
  }
}
