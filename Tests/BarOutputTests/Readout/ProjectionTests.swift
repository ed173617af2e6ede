import Testing
import UsageCore

@testable import BarOutput

@Suite("Projections")
struct ProjectionTests {
  static let hour: Int64 = 3600
  static let day: Int64 = 86_400

  /// A window as it was read `age` seconds ago, looked at now.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var kind = Window.Kind.weekly
    let used: Double
    /// From the reading to its reset; nil: no window runs.
    let left: Int64?
    var lastHour: Double?
    var lastDay: Double?
    var age: Int64 = 0
    /// Seconds from now until it is full; nil when that is not before its reset.
    var full: Int64?
    var pace: Double?
    var held: Projection.Unavailable?
  }

  private static let rows = [
    Row(
      testDescription: "half of the week and half of the share: on pace", used: 50,
      left: 84 * hour, full: nil, pace: 0),
    Row(
      testDescription: "ahead: the average since the window began", used: 75, left: 84 * hour,
      full: 28 * hour, pace: 25),
    Row(testDescription: "behind", used: 25, left: 84 * hour, full: nil, pace: -25),
    Row(
      testDescription: "a quiet last day outweighs a busy week", used: 75, left: 84 * hour,
      lastDay: 0.1, full: nil, pace: 25),
    Row(
      testDescription: "a busy last day outweighs a quiet week", used: 25, left: 84 * hour,
      lastDay: 1.5, full: 50 * hour, pace: -25),
    Row(
      testDescription: "five hours: a pause is no end of work", kind: .fiveHour, used: 90,
      left: 2 * hour, lastHour: 0, full: 1200, pace: 30),
    Row(
      testDescription: "five hours go by their last hour, not by the day", kind: .fiveHour,
      used: 40, left: 2 * hour, lastHour: 60, lastDay: 1, full: hour, pace: -20),
    Row(
      testDescription: "a week goes by its last day, not by the hour", used: 25, left: 84 * hour,
      lastHour: 20, lastDay: 0.1, full: nil, pace: -25),
    Row(
      testDescription: "a month goes by its average, not by its last day", kind: .monthly, used: 25,
      left: 15 * day, lastDay: 3, full: nil, pace: -25),
    Row(
      testDescription: "a month that is nearly used up goes by its last hour", kind: .monthly,
      used: 97, left: 15 * day, lastHour: 1, lastDay: 0.1, full: 3 * hour, pace: 47),
    Row(
      testDescription: "what is nearly used up will not see the night", used: 97,
      left: 84 * hour, lastHour: 1, lastDay: 0.3, full: 3 * hour, pace: 47),
    Row(
      testDescription: "nothing used lately: never full", used: 75, left: 84 * hour, lastDay: 0,
      full: nil, pace: 25),
    Row(
      testDescription: "hour-old data is projected from its own time", used: 75,
      left: 84 * hour, age: hour, full: 27 * hour, pace: 25),
    Row(
      testDescription: "the time foreseen has passed without news: nothing is said of it",
      kind: .fiveHour, used: 90, left: 3 * hour, age: hour, full: nil, pace: 50),
    Row(testDescription: "no window runs", used: 0, left: nil, held: .noWindow),
    Row(testDescription: "full: when it opens is what counts", used: 100, left: hour, held: .full),
    Row(
      testDescription: "under 3 % of the time: one long response is no trend", used: 20,
      left: 7 * day - 5 * hour, held: .justStarted),
    Row(
      testDescription: "3 % of the time will do", kind: .fiveHour, used: 20,
      left: 5 * hour * 97 / 100, full: 2160, pace: 17),
    Row(
      testDescription: "a first morning is projected over a working day, without the night",
      used: 10, left: 7 * day - 6 * hour, full: nil, pace: 6),
    Row(
      testDescription: "a first morning that is too much for the week", used: 30,
      left: 7 * day - 6 * hour, full: 42 * hour, pace: 26),
    Row(
      testDescription: "a first evening is a whole day's use", used: 20, left: 6 * day + 12 * hour,
      full: 4 * day, pace: 13),
    Row(
      testDescription: "nearer to the reset than data of whole percents can say", used: 51,
      left: 84 * hour, full: nil, pace: 1),
    Row(
      testDescription: "the data are older than the window", used: 20, left: 8 * day,
      held: .otherWindow),
  ]

  @Test("When a projection is shown", arguments: rows)
  func table(row: Row) throws {
    let taken = Fixture.now.adding(seconds: -row.age)
    let reset = row.left.map { taken.adding(seconds: $0) }
    let usage = Usage.rateLimits(
      pools: [
        RatePool(
          name: "standard",
          windows: [Window(kind: row.kind, usedPercent: row.used, resetsAt: reset)])
      ], extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil))
    let trend = Trend(limit: row.kind.rawValue, lastHour: row.lastHour, lastDay: row.lastDay)
    let data = Snapshot.UsageData(takenAt: taken, usage: usage, trends: [trend])
    let limit = try #require(Limit.all(of: data, at: Fixture.now).first)
    switch Projection.of(limit, now: Fixture.now) {
    case .failure(let held): #expect(held == row.held)
    case .success(let projection):
      #expect(row.held == nil)
      #expect(projection.pacePoints.rounded() == row.pace)
      #expect(projection.runsOutAt?.seconds(since: Fixture.now) == row.full)
    }
  }

  @Test("There is no projection for a window that has ended since the data was read")
  func ended() throws {
    let data = Snapshot.UsageData(
      takenAt: Fixture.now.adding(seconds: -7200),
      usage: Fixture.standard((80, -3600), (10, 86_400)))
    let limit = try #require(Limit.all(of: data, at: Fixture.now).first)
    #expect(Projection.of(limit, now: Fixture.now) == .failure(.noWindow))
  }

  @Test(
    "Wording of the pace",
    arguments: [
      (50.2, "at an even pace"), (51, "1 point over an even pace"),
      (49, "1 point under an even pace"), (62, "12 points over an even pace"),
      (38, "12 points under an even pace"),
    ])
  func pace(used: Double, words: String) throws {
    let data = Snapshot.UsageData(
      takenAt: Fixture.now, usage: Fixture.standard((0, nil), (used, 84 * Self.hour)))
    let limit = Limit.all(of: data, at: Fixture.now)[1]
    #expect(PaceText.pace(try #require(Projection(of: limit, now: Fixture.now))) == words)
  }

  @Test(
    "The recent rate uses a period that fits the window",
    arguments: [
      (Window.Kind.fiveHour, 11.4, 0.5, "11 points an hour"),
      (.weekly, 11.4, 0.5, "12 points a day"),
      (.monthly, 11.4, 0.3, "7 points a day"), (.fiveHour, 0.4, 9, nil), (.weekly, 9, 0.01, nil),
    ] as [(Window.Kind, Double, Double, String?)])
  func rate(kind: Window.Kind, lastHour: Double, lastDay: Double, words: String?) throws {
    let window = Window(
      kind: kind, usedPercent: 50, resetsAt: Fixture.now.adding(seconds: kind.lengthSeconds / 2))
    let data = Snapshot.UsageData(
      takenAt: Fixture.now,
      usage: .rateLimits(
        pools: [RatePool(name: "standard", windows: [window])],
        extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)),
      trends: [Trend(limit: kind.rawValue, lastHour: lastHour, lastDay: lastDay)])
    let limit = try #require(Limit.all(of: data, at: Fixture.now).first)
    #expect(PaceText.rate(limit) == words)
  }

  @Test("When it runs out, and how long before its reset")
  func runsOut() throws {
    let readout = Fixture.readout(Fixture.standard((10, 3600), (75, 84 * Self.hour)))
    #expect(readout.facts.headline?.id == "week")
    #expect(
      readout.tooltip.map(\.text).contains(
        "           runs out +\(28 * Self.hour)s, 2d before reset"))
  }
}
