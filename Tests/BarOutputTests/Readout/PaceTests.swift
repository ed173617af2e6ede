import Testing
import UsageCore

@testable import BarOutput

@Suite("Pace and forecast of a limit")
struct PaceTests {
  private static let hour: Int64 = 3600
  private static let day: Int64 = 86_400

  /// A window that was read `age` seconds ago, with a forecast of when it runs out.
  private func limit(
    _ kind: Window.Kind, _ used: Double, left: Int64?, age: Int64 = 0,
    lastHour: Double? = nil, lastDay: Double? = nil, end: Forecast.End? = nil
  ) throws -> Limit {
    let taken = Fixture.now.adding(seconds: -age)
    let window = Window(
      kind: kind, usedPercent: used, resetsAt: left.map { taken.adding(seconds: $0) })
    let data = Snapshot.UsageData(
      takenAt: taken,
      usage: .rateLimits(
        pools: [RatePool(name: "standard", windows: [window])],
        extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)),
      trends: [
        Trend(
          limit: kind.rawValue, lastHour: lastHour, lastDay: lastDay,
          forecast: Forecast(percentAtReset: end == nil ? used : 100, probability: nil, end: end))
      ])
    return try #require(Limit.all(of: data, at: Fixture.now).first)
  }

  private func end(in seconds: Int64, spread: Int64 = 600, isShown: Bool = true) -> Forecast.End {
    let at = Fixture.now.adding(seconds: seconds)
    return Forecast.End(
      at: at, earliest: at.adding(seconds: -spread), latest: at.adding(seconds: spread),
      isShown: isShown)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var kind = Window.Kind.weekly
    let used: Double
    let left: Int64?
    var age: Int64 = 0
    let pace: Double?
  }

  private static let rows = [
    Row(testDescription: "half of it in half of the week", used: 50, left: 84 * hour, pace: 0),
    Row(testDescription: "three quarters of it", used: 75, left: 84 * hour, pace: 25),
    Row(testDescription: "a quarter of it", used: 25, left: 84 * hour, pace: -25),
    Row(
      testDescription: "as of the time of the data", used: 75, left: 84 * hour, age: hour, pace: 25),
    Row(testDescription: "not running", used: 0, left: nil, pace: nil),
    Row(testDescription: "used up", used: 100, left: hour, pace: nil),
    Row(
      testDescription: "under 3 % of the time: one long response is no trend", used: 20,
      left: 7 * day - 5 * hour, pace: nil),
    Row(
      testDescription: "3 % of the time", kind: .fiveHour, used: 20, left: 5 * hour * 97 / 100,
      pace: 17),
    Row(testDescription: "the data is older than the window", used: 20, left: 8 * day, pace: nil),
    Row(testDescription: "ended since it was read", used: 80, left: hour, age: 2 * hour, pace: nil),
  ]

  @Test("Points over an even pace", arguments: rows)
  func points(row: Row) throws {
    let limit = try limit(row.kind, row.used, left: row.left, age: row.age)
    #expect(limit.pacePoints(at: Fixture.now)?.rounded() == row.pace)
  }

  @Test("A forecast is shown when it is certain enough, and lies ahead")
  func shown() throws {
    let ahead = end(in: 3600)
    #expect(try limit(.weekly, 50, left: 7200, end: ahead).runsOut(at: Fixture.now) == ahead)
    let unsure = try limit(.weekly, 50, left: 7200, end: end(in: 3600, isShown: false))
    #expect(unsure.runsOut(at: Fixture.now) == nil)
    #expect(unsure.expectedEnd(at: Fixture.now) != nil)
    #expect(try limit(.weekly, 50, left: 7200, end: end(in: -60)).runsOut(at: Fixture.now) == nil)
    #expect(try limit(.weekly, 50, left: 7200, end: end(in: 7300)).runsOut(at: Fixture.now) == nil)
    #expect(try limit(.weekly, 100, left: 7200, end: ahead).runsOut(at: Fixture.now) == nil)
    #expect(
      try limit(.weekly, 50, left: 3600, age: 7200, end: ahead).runsOut(at: Fixture.now) == nil)
  }

  @Test(
    "The headline is the limit that is expected to run out first, else the one expected to be highest"
  )
  func selection() throws {
    func chosen(_ limits: [Limit]) -> String? {
      LimitSelection.automatic(from: limits, now: Fixture.now)?.id
    }
    let five = try limit(.fiveHour, 80, left: 7200)
    let week = try limit(.weekly, 60, left: 86_400, end: end(in: 50_000, isShown: false))
    let month = try limit(.monthly, 20, left: 864_000, end: end(in: 40_000))
    #expect(chosen([five, week, month]) == "month")
    #expect(chosen([five, week]) == "week")
    #expect(chosen([five]) == "5h")
    #expect(
      chosen([try limit(.fiveHour, 30, left: 7200), try limit(.weekly, 40, left: 7200)]) == "week")
  }

  @Test(
    "Wording of the pace",
    arguments: [
      (0.2, "at an even pace"), (1, "1 point over an even pace"),
      (-1, "1 point under an even pace"), (12, "12 points over an even pace"),
      (-12, "12 points under an even pace"),
    ])
  func pace(points: Double, words: String) {
    #expect(PaceText.pace(points) == words)
  }

  @Test(
    "The recent rate uses a period that fits the window",
    arguments: [
      (Window.Kind.fiveHour, 11.4, 0.5, "11 points an hour"),
      (.weekly, 11.4, 0.5, "12 points a day"),
      (.monthly, 11.4, 0.3, "7 points a day"), (.fiveHour, 0.4, 9, nil), (.weekly, 9, 0.01, nil),
    ] as [(Window.Kind, Double, Double, String?)])
  func rate(kind: Window.Kind, lastHour: Double, lastDay: Double, words: String?) throws {
    let limit = try limit(
      kind, 50, left: kind.lengthSeconds / 2, lastHour: lastHour, lastDay: lastDay)
    #expect(PaceText.rate(limit) == words)
  }

  @Test(
    "A time is given as exactly as it is known",
    arguments: [
      (3600, "time"), (8 * 3600, "part of the day"), (30 * 3600, "around day"),
    ] as [(Int64, String)])
  func precision(spread: Int64, words: String) {
    let presentation = Presentation(
      clock: { _, _, precision in
        switch precision {
        case .time: "time"
        case .partOfDay: "part of the day"
        case .day: "day"
        }
      })
    let text = PaceText(presentation: presentation, now: Fixture.now)
    #expect(text.time(end(in: 200_000, spread: spread)) == words)
  }

  @Test("When it runs out, and how long before its reset")
  func runsOut() throws {
    let limit = try limit(.weekly, 75, left: 84 * Self.hour, end: end(in: 28 * Self.hour))
    let text = PaceText(presentation: Fixture.presentation(), now: Fixture.now)
    #expect(text.runsOut(limit) == "runs out +\(28 * Self.hour)s, 2d before reset")
  }
}
