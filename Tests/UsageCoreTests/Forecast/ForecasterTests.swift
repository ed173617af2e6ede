import Testing

@testable import UsageCore

private let monday = OfficeWeek.monday

@Suite("Use between two samples")
struct ActivityTests {
  private func activity(
    _ first: [(String, Double, Int64)], _ second: [(String, Double, Int64)]
  ) -> Activity? {
    func sample(_ minutes: Int64, _ shares: [(String, Double, Int64)]) -> Sample {
      Sample(
        takenAt: monday.adding(seconds: minutes * 60), utcOffset: 0,
        shares: shares.map { limit, used, reset in
          .init(limit: limit, usedPercent: used, resetsAt: monday.adding(seconds: reset))
        })
    }
    return Activity.all(
      in: [sample(0, first), sample(10, second)], unit: "5h", pool: ["5h", "week"]
    ).first
  }

  @Test("In the same window it is the increase, and a correction downwards counts as no usage")
  func sameWindow() {
    #expect(activity([("5h", 50, 9000)], [("5h", 56, 9010)])?.points == 6)
    #expect(activity([("5h", 50, 9000)], [("5h", 45, 9000)])?.points == 0)
  }

  @Test("After a reset, everything in the new window counts as usage")
  func newWindow() {
    #expect(activity([("5h", 80, 300)], [("5h", 10, 18_300)])?.points == 10)
    #expect(activity([("5h", 5, 300)], [("5h", 10, 18_300)])?.points == 10)
  }

  @Test("While a limit of the pool is used up, it says nothing about when somebody works")
  func blocked() {
    let five = activity(
      [("5h", 100, 9000), ("week", 50, 90_000)], [("5h", 100, 9000), ("week", 50, 90_000)])
    #expect(five?.isBlocked == true && five?.isBlockedForLong == false)
    let week = activity(
      [("5h", 10, 9000), ("week", 100, 90_000)], [("5h", 10, 9000), ("week", 100, 90_000)])
    #expect(week?.isBlocked == true && week?.isBlockedForLong == true)
    let other = activity(
      [("5h", 10, 9000), ("core-5h", 100, 9000)], [("5h", 10, 9000), ("core-5h", 100, 9000)])
    #expect(other?.isBlocked == false)
  }
}

@Suite("Local hours")
struct LocalHoursTests {
  @Test("They begin and end with local time, and the first and last one may be partial")
  func partial() {
    let hours = LocalHours(from: monday, until: monday.adding(seconds: 7200)) { _ in 19_800 }.hours
    #expect(hours.map(\.ofWeek) == [5, 6, 7])
    #expect(hours.map { $0.end.seconds(since: $0.start) } == [1800, 3600, 1800])
  }

  @Test("The offset may change on the way")
  func changedOffset() {
    let change = monday.adding(seconds: 3600)
    let hours = LocalHours(from: monday, until: monday.adding(seconds: 3 * 3600)) {
      $0 < change ? 7200 : 3600
    }.hours
    #expect(hours.map(\.ofWeek) == [2, 2, 3])
  }
}

@Suite("Expected use")
struct ExpectedUseTests {
  /// The same use in each hour of the week.
  private func expected(pointsPerHour: Double) -> ExpectedUse {
    ExpectedUse(
      ahead: LocalHours(from: monday, until: monday.adding(seconds: 48 * 3600)) { _ in 0 },
      learned: LearnedHours([], average: pointsPerHour), present: pointsPerHour)
  }

  private func points(_ expected: ExpectedUse) -> Double {
    expected.use(.infinity, until: monday.adding(seconds: 48 * 3600)).points.rounded()
  }

  @Test("The present rate counts first, and fades into the learned hours in two hours")
  func present() {
    var burst = expected(pointsPerHour: 0)
    burst.present = 20
    let use = burst.use(10, until: monday.adding(seconds: 5 * 3600))
    #expect(use.points == 20)
    #expect(use.at == monday.adding(seconds: 2400))
  }

  @Test("A shorter window that is used up on the way delays the rest until its reset")
  func cap() {
    var capped = expected(pointsPerHour: 5)
    capped.cap = .init(
      remaining: 30, whole: 50, resetsAt: monday.adding(seconds: 86_400), seconds: 7 * 86_400)
    #expect(points(capped) == 30 + 50)
  }
}

@Suite("When a forecast is shown")
struct ForecasterTests {
  /// The forecast without a history, at an even pace since the start of the window.
  private func forecast(
    _ used: Double, afterHours elapsed: Double, ofHours length: Int64 = 5, wasShown: Bool = false
  ) throws -> Forecast? {
    let reset = monday.adding(seconds: length * 3600 - Int64(elapsed * 3600))
    let limit = PoolLimit(
      id: "limit", usedPercent: used, seconds: length * 3600, resetsAt: reset)
    let sample = Sample(
      takenAt: monday, utcOffset: 0,
      shares: [.init(limit: "limit", usedPercent: used, resetsAt: reset)])
    let earlier = Forecast(
      percentAtReset: nil, probability: nil,
      end: .init(at: reset, earliest: reset, latest: reset, isShown: true))
    let forecaster = try #require(
      Forecaster(pool: [limit], samples: [sample], utcOffset: { _ in 0 }))
    return forecaster.forecast(limit, after: wasShown ? earlier : nil)
  }

  @Test("On the first day, the end of a 5-hour window is shown when it comes within 45 minutes")
  func clear() throws {
    #expect(try forecast(80, afterHours: 2.5)?.end?.isShown == true)
    #expect(try forecast(60, afterHours: 2.5)?.end?.isShown == false)
    #expect(try forecast(55, afterHours: 2.5)?.end?.isShown == false)
    #expect(try forecast(45, afterHours: 2.5)?.end == nil)
  }

  @Test("What was shown stays until the end is clearly after the reset")
  func kept() throws {
    #expect(try forecast(55, afterHours: 2.5, wasShown: true)?.end?.isShown == true)
    #expect(try forecast(45, afterHours: 2.5, wasShown: true)?.end?.isShown == true)
    #expect(try forecast(30, afterHours: 2.5, wasShown: true)?.end == nil)
  }

  @Test("An end within 45 minutes is shown in any case")
  func imminent() throws {
    #expect(try forecast(97, afterHours: 4.8)?.end?.isShown == true)
    // One percent in the first half minute is no rate.
    #expect(try forecast(1, afterHours: 0.007)?.end == nil)
  }

  @Test("Also the rest of the last point is forecast")
  func lastPoint() throws {
    let end = try #require(try forecast(99.8, afterHours: 2.5)?.end)
    #expect(end.isShown && end.at > monday)
  }

  @Test("An end that is only known to lie in some week is not shown")
  func wide() throws {
    let end = try #require(try forecast(60, afterHours: 240, ofHours: 720)?.end)
    #expect(end.latest.seconds(since: end.earliest) > 7 * 86_400)
    #expect(!end.isShown)
  }

  @Test("A new window is judged anew, whatever was shown for the one before")
  func newWindow() throws {
    func data(resetsIn seconds: Int64, isShown: Bool) -> Snapshot.UsageData {
      let reset = monday.adding(seconds: seconds)
      let end = Forecast.End(at: reset, earliest: reset, latest: reset, isShown: isShown)
      return Snapshot.UsageData(
        takenAt: monday,
        usage: .standard([Window(kind: .fiveHour, usedPercent: 55, resetsAt: reset)]),
        trends: [
          Trend(limit: "5h", forecast: Forecast(percentAtReset: nil, probability: nil, end: end))
        ])
    }
    func isShown(after earlier: Snapshot.UsageData) -> Bool? {
      let present = data(resetsIn: 9000, isShown: false)
      let samples = [Sample(present, utcOffset: 0)]
      return Trends.of(present, samples: samples, earlier: earlier, utcOffset: { _ in 0 })
        .first?.forecast?.end?.isShown
    }
    #expect(isShown(after: data(resetsIn: 9001, isShown: true)) == true)
    #expect(isShown(after: data(resetsIn: -3600, isShown: true)) == false)
  }
}
