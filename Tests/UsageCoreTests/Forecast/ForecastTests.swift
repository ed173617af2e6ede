import Testing

@testable import UsageCore

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
    #expect(try #require(forecast.probability) < 0.1)
  }

  @Test("A busy week runs out in working hours, near the true time")
  func busy() throws {
    var busy = OfficeWeek(work: 6..<24)
    // 21.6 % of the week a day: used up on Friday.
    busy.live(until: 9 * Self.day + 12)
    let end = try #require(busy.forecast("week")?.end)
    let truth = OfficeWeek.monday.adding(seconds: (11 * Self.day + 17) * 3600)
    #expect(
      end.at.isWithin(seconds: 5 * 3600, of: truth), "\(end.at.seconds - truth.seconds) s off")
    #expect(end.earliest <= end.at && end.at <= end.latest)
    #expect(end.isShown)
    #expect(try #require(busy.forecast("week")?.probability) > 0.6)
  }

  @Test("Less work is expected on a weekday that is always free")
  func freeDay() {
    var week = OfficeWeek()
    for day in 0..<29 as Range<Int64> {
      week.work = day % 7 == 4 ? 0..<0 : 9..<17
      week.live(until: (day + 1) * Self.day - 1)
    }
    let learned = LearnedHours(
      Activity.all(in: week.samples, unit: "5h", pool: ["5h", "week"]), average: 1)
    #expect(learned.pointsPerHour[4 * 24 + 12] < 7)
    #expect(learned.pointsPerHour[3 * 24 + 12] > 10)
  }

  @Test("Days without a pattern vary more than those of a steady worker")
  func variance() {
    func variance(_ isFree: (Int64) -> Bool) -> Double {
      var week = OfficeWeek()
      for day in 0..<28 as Range<Int64> {
        week.work = isFree(day) ? 0..<0 : 9..<17
        week.live(until: (day + 1) * Self.day - 1)
      }
      let activity = Activity.all(in: week.samples, unit: "5h", pool: ["5h", "week"])
      return LearnedHours(activity, average: 1).dayVariance(activity)
    }
    let steady = variance { _ in false }
    #expect(steady > 0 && steady < 0.2)
    #expect(variance { $0 % 3 == 1 } > 2 * steady)
    #expect(LearnedHours([], average: 1).dayVariance([]) == 0.25)
  }

  @Test("The newest use says how much of the week a 5-hour window is")
  func changedPlan() throws {
    var week = OfficeWeek()
    week.live(until: 14 * Self.day)
    week.weekShare = 0.3
    week.live(until: 22 * Self.day + 12)
    // 28.8 points on each of five days.
    let percent = try #require(week.forecast("week")?.percentAtReset)
    #expect(percent > 120 && percent < 160, "\(percent)")
  }

  @Test("A burst that will use up the window within 45 minutes is shown, also in the evening")
  func burst() throws {
    var week = OfficeWeek()
    week.live(until: 9 * Self.day + 20)
    week.use(50)
    week.live(until: 9 * Self.day + 22)
    #expect(try #require(week.forecast("5h")).end == nil)
    week.use(15)
    let forecast = try #require(week.forecast("5h"))
    let end = try #require(forecast.end)
    #expect(end.isShown)
    // 35 points are left at 90 an hour.
    let full = OfficeWeek.monday.adding(seconds: (9 * Self.day + 22) * 3600 + 600 + 1400)
    #expect(end.at.isWithin(seconds: 60, of: full))
    #expect(end.earliest == end.at && end.latest.isWithin(seconds: 1500, of: end.at))
    // What is shown is more likely than not.
    #expect(forecast.probability == 0.5)
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
    let now = OfficeWeek.monday
    let usage = Usage.standard([
      Window(kind: .fiveHour, usedPercent: 90, resetsAt: now.adding(seconds: 3600)),
      Window(kind: .weekly, usedPercent: 100, resetsAt: now.adding(seconds: 86_400)),
      Window(kind: .monthly, usedPercent: 95, resetsAt: now.adding(seconds: 20 * 86_400)),
    ])
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
    let now = OfficeWeek.monday
    func forecast(_ used: Double, elapsed: Int64) -> Forecast? {
      let reset = now.adding(seconds: 7 * 86_400 - elapsed)
      let data = Snapshot.UsageData(
        takenAt: now,
        usage: .standard([
          Window(kind: .fiveHour, usedPercent: 0, resetsAt: nil),
          Window(kind: .weekly, usedPercent: used, resetsAt: reset),
        ]))
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
    var week = OfficeWeek(work: 6..<24)
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
    #expect((1...2).contains(switches))
  }

  @Test("Extreme numbers are no problem", arguments: [0, 1, 99.99, 1e300])
  func extremes(used: Double) {
    let now = OfficeWeek.monday
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
