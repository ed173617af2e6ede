@testable import UsageCore

extension Usage {
  /// An account with one pool, and without Extra Usage.
  static func standard(_ windows: [Window]) -> Usage {
    .rateLimits(
      pools: [RatePool(name: RatePool.standardName, windows: windows)],
      extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil))
  }
}

/// Somebody who works from nine to five on workdays and uses two points of the 5-hour window in ten minutes. A point of
/// it is a tenth of a point of the week.
struct OfficeWeek {
  /// Monday, 2 November 2026, 00:00 UTC.
  static let monday = Moment(seconds: 1_793_577_600)
  static let step: Int64 = 600

  var utcOffset: Int64 = 0
  /// Local hours.
  var work = 9..<17
  /// Points of the week for one of the 5-hour window.
  var weekShare = 0.1
  private(set) var samples: [Sample] = []
  private var five = 0.0
  private var fiveEnd: Int64?
  private var week = 0.0
  private var weekEnd: Int64?

  init(utcOffset: Int64 = 0, work: Range<Int> = 9..<17) {
    self.utcOffset = utcOffset
    self.work = work
  }

  /// Lives until an hour of the week, with a sample every ten minutes.
  mutating func live(until hours: Int64) {
    var at = samples.last.map { $0.takenAt.seconds + Self.step } ?? Self.monday.seconds
    while at <= Self.monday.seconds + hours * 3600 {
      if let end = fiveEnd, at >= end { (five, fiveEnd) = (0, nil) }
      if let end = weekEnd, at >= end { (week, weekEnd) = (0, nil) }
      let hour = HourOfWeek.of(at + utcOffset)
      if hour / 24 < 5, work.contains(hour % 24) {
        if fiveEnd == nil { fiveEnd = at + 5 * 3600 }
        if weekEnd == nil { weekEnd = at + 7 * 86_400 }
        five += 2
        week += 2 * weekShare
      }
      samples.append(Sample(data(at), utcOffset: utcOffset))
      at += Self.step
    }
  }

  /// Uses as much of the 5-hour window in the next ten minutes.
  mutating func use(_ points: Double) {
    guard let last = samples.last else { return }
    let at = last.takenAt.seconds + Self.step
    if fiveEnd == nil { fiveEnd = at + 5 * 3600 }
    five += points
    samples.append(Sample(data(at), utcOffset: utcOffset))
  }

  func data(_ at: Int64) -> Snapshot.UsageData {
    Snapshot.UsageData(
      takenAt: Moment(seconds: at),
      usage: .standard([
        Window(kind: .fiveHour, usedPercent: five, resetsAt: fiveEnd.map { Moment(seconds: $0) }),
        Window(kind: .weekly, usedPercent: week, resetsAt: weekEnd.map { Moment(seconds: $0) }),
      ]))
  }

  func trends(after earlier: Snapshot.UsageData? = nil) -> [Trend] {
    guard let last = samples.last else { return [] }
    return Trends.of(data(last.takenAt.seconds), samples: samples, earlier: earlier) { _ in
      utcOffset
    }
  }

  func forecast(_ limit: String) -> Forecast? {
    trends().first { $0.limit == limit }?.forecast
  }
}
