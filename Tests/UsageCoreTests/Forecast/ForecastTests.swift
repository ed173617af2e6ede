import Testing

@testable import UsageCore

/// Somebody who works from nine to five on workdays and uses two points of the 5-hour window in ten minutes. A point of
/// it is a tenth of a point of the week.
private struct OfficeWeek {
  /// Monday, 2 November 2026, 00:00 UTC.
  static let monday: Int64 = 1_793_577_600
  static let step: Int64 = 600

  var utcOffset: Int64 = 0
  /// Local hours.
  var work = 9..<17
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
    var at = samples.last.map { $0.takenAt.seconds + Self.step } ?? Self.monday
    while at <= Self.monday + hours * 3600 {
      if let end = fiveEnd, at >= end { (five, fiveEnd) = (0, nil) }
      if let end = weekEnd, at >= end { (week, weekEnd) = (0, nil) }
      let hour = HourOfWeek.of(at + utcOffset)
      if hour / 24 < 5, work.contains(hour % 24) {
        if fiveEnd == nil { fiveEnd = at + 5 * 3600 }
        if weekEnd == nil { weekEnd = at + 7 * 86_400 }
        five += 2
        week += 0.2
      }
      samples.append(Sample(data(at), utcOffset: utcOffset))
      at += Self.step
    }
  }

  func data(_ at: Int64) -> Snapshot.UsageData {
    Snapshot.UsageData(
      takenAt: Moment(seconds: at),
      usage: .rateLimits(
        pools: [
          RatePool(
            name: RatePool.standardName,
            windows: [
              Window(
                kind: .fiveHour, usedPercent: five, resetsAt: fiveEnd.map { Moment(seconds: $0) }),
              Window(
                kind: .weekly, usedPercent: week, resetsAt: weekEnd.map { Moment(seconds: $0) }),
            ])
        ], extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)))
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

@Suite("Forecasts")
struct ForecastTests {
  private static let day: Int64 = 24

  @Test("Working hours are learned, in local time", arguments: [0, -5 * 3600, 5 * 3600 + 1800])
  func learned(utcOffset: Int64) {
    var week = OfficeWeek(utcOffset: utcOffset)
    week.live(until: 8 * Self.day)
    let learned = LearnedHours(
      Activity.all(in: week.samples, unit: "5h", pool: ["5h", "week"]), average: 1)
    for hour in 0..<HourOfWeek.count {
      let isWork = hour / 24 < 5 && (10..<16).contains(hour % 24)
      let isRest = hour / 24 >= 5 || hour % 24 < 8 || hour % 24 > 17
      if isWork { #expect(learned.pointsPerHour[hour] > 10, "hour \(hour)") }
      if isRest { #expect(learned.pointsPerHour[hour] < 1.5, "hour \(hour)") }
    }
  }

  @Test("A weekend without work does not let the week run out")
  func weekend() throws {
    // 12 points an hour and 8 hours a day use 9.6 % of the week a day.
    var calm = OfficeWeek()
    calm.live(until: 11 * Self.day + 17)
    let forecast = try #require(calm.forecast("week"))
    #expect(forecast.end == nil)
    let percent = try #require(forecast.percentAtReset)
    #expect(percent > 45 && percent < 60)
  }

  @Test("A busy week runs out in working hours, near the true time")
  func busy() throws {
    var busy = OfficeWeek(work: 6..<24)
    // 21.6 % of the week a day: used up on Friday.
    busy.live(until: 9 * Self.day + 12)
    let end = try #require(busy.forecast("week")?.end)
    let truth = Moment(seconds: OfficeWeek.monday + (11 * Self.day + 17) * 3600)
    #expect(
      end.at.isWithin(seconds: 5 * 3600, of: truth), "\(end.at.seconds - truth.seconds) s off")
    #expect(end.earliest <= end.at && end.at <= end.latest)
    #expect(end.isShown)
  }

  @Test("In the evening, the 5-hour window is not expected to run out")
  func evening() throws {
    var week = OfficeWeek()
    week.live(until: 9 * Self.day + 16)
    let working = try #require(week.forecast("5h"))
    #expect(try #require(working.percentAtReset) > 26)
    week.live(until: 9 * Self.day + 18)
    #expect(week.forecast("5h")?.end == nil)
  }

  @Test("A forecast starts when the limit that stops work is reset")
  func resumes() throws {
    let now = Moment(seconds: OfficeWeek.monday)
    let usage = Usage.rateLimits(
      pools: [
        RatePool(
          name: RatePool.standardName,
          windows: [
            Window(kind: .fiveHour, usedPercent: 90, resetsAt: now.adding(seconds: 3600)),
            Window(kind: .weekly, usedPercent: 100, resetsAt: now.adding(seconds: 86_400)),
            Window(kind: .monthly, usedPercent: 95, resetsAt: now.adding(seconds: 20 * 86_400)),
          ])
      ], extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil))
    let data = Snapshot.UsageData(takenAt: now, usage: usage)
    let trends = Trends.of(
      data, samples: [Sample(data, utcOffset: 0)], earlier: nil, utcOffset: { _ in 0 })
    #expect(trends.first { $0.limit == "5h" }?.forecast?.end == nil)
    #expect(trends.first { $0.limit == "week" }?.forecast == nil)
    let month = try #require(trends.first { $0.limit == "month" }?.forecast?.end)
    #expect(month.at > now.adding(seconds: 86_400))
  }

  @Test("Without a history, the average since the start of the window is used")
  func first() throws {
    let now = Moment(seconds: OfficeWeek.monday)
    func forecast(_ used: Double, elapsed: Int64) -> Forecast? {
      let reset = now.adding(seconds: 7 * 86_400 - elapsed)
      let data = Snapshot.UsageData(
        takenAt: now,
        usage: .rateLimits(
          pools: [
            RatePool(
              name: RatePool.standardName,
              windows: [
                Window(kind: .fiveHour, usedPercent: 0, resetsAt: nil),
                Window(kind: .weekly, usedPercent: used, resetsAt: reset),
              ])
          ], extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)))
      return Trends.of(
        data, samples: [Sample(data, utcOffset: 0)], earlier: nil, utcOffset: { _ in 0 }
      ).first { $0.limit == "week" }?.forecast
    }
    let even = try #require(forecast(75, elapsed: 84 * 3600)?.end)
    #expect(even.at.isWithin(seconds: 3600, of: now.adding(seconds: 28 * 3600)))
    #expect(forecast(25, elapsed: 84 * 3600)?.end == nil)
    // A first morning counts as a whole day.
    #expect(forecast(10, elapsed: 6 * 3600)?.end == nil)
  }

  @Test("What was shown stays shown when it becomes a little less likely")
  func stays() throws {
    var week = OfficeWeek(work: 6..<20)
    var wasShown = false
    var switches = 0
    var earlier: Snapshot.UsageData?
    for hour in (7 * Self.day)..<(13 * Self.day) {
      week.live(until: hour)
      guard let last = week.samples.last else { continue }
      var data = week.data(last.takenAt.seconds)
      data.trends = week.trends(after: earlier)
      earlier = data
      let isShown =
        data.trends.first { $0.limit == "week" }?.forecast?.end?.isShown ?? false
      if isShown != wasShown { switches += 1 }
      wasShown = isShown
    }
    #expect(switches <= 2)
  }

  @Test("Extreme numbers are no problem", arguments: [0, 1, 99.99, 1e300])
  func extremes(used: Double) {
    let now = Moment(seconds: OfficeWeek.monday)
    for reset in [Moment(seconds: .max), .endOfYears, now, Moment(seconds: .min)] {
      let data = Snapshot.UsageData(
        takenAt: now,
        usage: .tokens(
          pools: [
            TokenPool(
              name: "standard", usedTokens: 1, allowance: .tokens(1), usedPercent: used,
              hasOverage: false)
          ], periodStart: Moment(seconds: .min), periodEnd: reset))
      let trends = Trends.of(
        data, samples: [Sample(data, utcOffset: 0)], earlier: data, utcOffset: { _ in 0 })
      #expect(trends.allSatisfy { $0.forecast?.end == nil })
    }
  }

  @Test(
    "The hour of the local week",
    arguments: [(0, 72), (-1, 71), (345_600, 0), (345_599, 167)] as [(Int64, Int)])
  func hourOfWeek(localSeconds: Int64, hour: Int) {
    #expect(HourOfWeek.of(localSeconds) == hour)
  }
}
