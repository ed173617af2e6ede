import Testing

@testable import UsageCore

@Suite("Usage rates of the last hour and the last day")
struct TrailingRateTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let points: [(Int64, Double)]
    let rate: Double?
  }

  private static let rows = [
    Row(
      testDescription: "even use: 20 points in the hour",
      points: [(0, 10), (20, 16), (40, 22), (60, 30)], rate: 20),
    Row(
      testDescription: "what lies before the hour does not count",
      points: [(-120, 0), (-60, 1), (0, 10), (30, 10), (60, 10)], rate: 0),
    Row(testDescription: "two samples are too few", points: [(0, 10), (60, 30)], rate: nil),
    Row(
      testDescription: "less than half of the hour is a burst",
      points: [(40, 10), (50, 20), (60, 30)], rate: nil),
    Row(
      testDescription: "half of the hour will do, and counts for what it is",
      points: [(30, 10), (45, 15), (60, 20)], rate: 20),
    Row(
      testDescription: "a share that was corrected downwards counts as no usage",
      points: [(0, 50), (30, 50), (60, 40)], rate: 0),
  ]

  @Test("Percentage points per hour", arguments: rows)
  func hour(row: Row) {
    let samples = Samples.of("5h", row.points, resetsAt: 200)
    #expect(TrailingRate.pointsPerHour(of: "5h", over: 3600, in: samples) == row.rate)
  }

  @Test("Samples of an earlier window are ignored")
  func otherWindow() {
    let earlier = Samples.of("5h", [(0, 80), (20, 90)], resetsAt: 25)
    let present = Samples.of("5h", [(30, 1), (45, 2), (60, 3)], resetsAt: 330)
    #expect(TrailingRate.pointsPerHour(of: "5h", over: 3600, in: earlier + present) == 4)
    let tooFew = Samples.of("5h", [(50, 1), (60, 2)], resetsAt: 350)
    #expect(TrailingRate.pointsPerHour(of: "5h", over: 3600, in: earlier + tooFew) == nil)
  }

  @Test("There is no rate without a running window")
  func idle() {
    let samples = Samples.of("5h", [(0, 0), (30, 0), (60, 0)], resetsAt: nil)
    #expect(TrailingRate.pointsPerHour(of: "5h", over: 3600, in: samples) == nil)
    #expect(TrailingRate.pointsPerHour(of: "week", over: 3600, in: samples) == nil)
    #expect(TrailingRate.pointsPerHour(of: "5h", over: 3600, in: []) == nil)
  }

  @Test("The daily rate includes the night")
  func day() {
    let samples = Samples.of(
      "week", [(0, 10), (240, 22), (480, 34), (1440, 34)], resetsAt: 9000)
    #expect(TrailingRate.pointsPerHour(of: "week", over: 86_400, in: samples) == 1)
    // Twelve hours are too short for a daily rate.
    let half = Samples.of("week", [(0, 10), (240, 22), (720, 34)], resetsAt: 9000)
    #expect(TrailingRate.pointsPerHour(of: "week", over: 86_400, in: half) == nil)
  }

  @Test("After a weekend without use, of which only the ends are kept, there is a daily rate")
  func afterPause() {
    let idle: [(minutes: Int64, used: Double)] = [(0, 10), (3800, 10)]
    let samples = Samples.of("week", idle + [(3810, 34)], resetsAt: 9000)
    #expect(TrailingRate.pointsPerHour(of: "week", over: 86_400, in: samples) == 1)
    // Nothing is known about when the use before that happened.
    let offline = Samples.of("week", [(0, 5)] + idle.dropFirst() + [(3810, 34)], resetsAt: 9000)
    #expect(TrailingRate.pointsPerHour(of: "week", over: 86_400, in: offline) == nil)
  }
}

@Suite("Sparklines")
struct SparklineTests {
  private func day(_ samples: [Sample]) -> String? {
    Trend.Sparkline(of: "5h", in: samples, steps: 24, stepSeconds: 3600)?.steps
  }

  @Test("A step shows its highest percentage, and steps before the first sample are unknown")
  func steps() {
    let samples = Samples.of(
      "5h", [(1200, 10), (1230, 50), (1300, 90), (1440, 100)], resetsAt: 1500)
    #expect(day(samples) == "--------------------4777")
  }

  @Test("A window that ended between samples drops to zero until the next sample")
  func reset() {
    let samples =
      Samples.of("5h", [(0, 90)], resetsAt: 120) + Samples.of("5h", [(1440, 0)], resetsAt: nil)
    #expect(day(samples) == "770000000000000000000000")
  }

  @Test("A percentage stays the same until its window ends")
  func carried() {
    let samples =
      Samples.of("5h", [(0, 30)], resetsAt: 300) + Samples.of("5h", [(1440, 5)], resetsAt: 1600)
    #expect(day(samples) == "333330000000000000000001")
  }

  @Test("There is no sparkline for a single sample or an unknown limit")
  func tooFew() {
    #expect(day(Samples.of("5h", [(0, 30)], resetsAt: 300)) == nil)
    #expect(day(Samples.of("week", [(0, 30), (60, 40)], resetsAt: 300)) == nil)
    #expect(day([]) == nil)
  }

  @Test("The week has 28 steps of six hours")
  func week() {
    let samples = Samples.of("week", [(0, 10), (5040, 60), (10_080, 90)], resetsAt: 10_090)
    let week = Trend.Sparkline(of: "week", in: samples, steps: 28, stepSeconds: 6 * 3600)
    #expect(week?.steps == "1111111111111155555555555557")
  }

  @Test("A sparkline from a file is validated", arguments: ["", "8", "12x", "é", "0 1"])
  func foreign(steps: String) {
    #expect(Trend.Sparkline(steps) == nil)
  }

  @Test("A sparkline that is too long is rejected")
  func long() {
    #expect(Trend.Sparkline(String(repeating: "1", count: 64)) != nil)
    #expect(Trend.Sparkline(String(repeating: "1", count: 65)) == nil)
  }
}
