import Testing

@testable import UsageCore

@Suite("Record of forecast accuracy")
struct ForecastRecordTests {
  private let start = OfficeWeek.monday

  /// A 5-hour window, the `window`th one.
  private func data(_ used: Double, window: Int64 = 0, isShown: Bool = false) -> Snapshot.UsageData
  {
    let reset = start.adding(seconds: (window + 1) * 18_000)
    let at = reset.adding(seconds: -600)
    return Snapshot.UsageData(
      takenAt: start.adding(seconds: window * 18_000 + 60),
      usage: .standard([Window(kind: .fiveHour, usedPercent: used, resetsAt: reset)]),
      trends: [
        Trend(
          limit: "5h",
          forecast: Forecast(
            percentAtReset: 100, probability: nil,
            end: .init(at: at, earliest: at, latest: at, isShown: isShown)))
      ])
  }

  private func score(_ readings: [Snapshot.UsageData]) -> ForecastScore? {
    var record = ForecastRecord()
    for data in readings { record.note(data) }
    return record.entries.first?.score
  }

  @Test("A window that runs out while that is shown counts as right, once")
  func right() {
    let readings = [data(50), data(80, isShown: true), data(100), data(100)]
    #expect(score(readings) == ForecastScore(limit: "5h", right: 1))
  }

  @Test("A window that lasts although it was shown counts as wrong")
  func wrong() {
    #expect(
      score([data(80, isShown: true), data(81), data(3, window: 1)])
        == ForecastScore(limit: "5h", wrong: 1))
  }

  @Test("Each window counts once, also after others")
  func following() {
    #expect(
      score([
        data(80, isShown: true), data(3, window: 1), data(60, window: 1, isShown: true),
        data(61, window: 1, isShown: true), data(62, window: 1, isShown: true),
      ]) == ForecastScore(limit: "5h", wrong: 1))
  }

  @Test("A window that runs out while nothing is shown counts as without warning")
  func unannounced() {
    #expect(score([data(80), data(100)]) == ForecastScore(limit: "5h", unannounced: 1))
    #expect(
      score([data(80, isShown: true), data(90), data(100)])
        == ForecastScore(limit: "5h", unannounced: 1))
  }

  @Test(
    "A window that was already used up at the first look, or lasts without a forecast, is not counted"
  )
  func nothing() {
    #expect(score([data(100), data(3, window: 1)]) == ForecastScore(limit: "5h"))
    #expect(score([data(40), data(3, window: 1)]) == ForecastScore(limit: "5h"))
  }

  @Test("It is read back as it was written, and an invalid file counts as empty")
  func file() throws {
    let folder = try TemporaryFolder()
    var record = ForecastRecord()
    for data in [data(80, isShown: true), data(100), data(60, window: 1, isShown: true)] {
      record.note(data)
    }
    try record.store(folder: folder.path, account: "one")
    #expect(ForecastRecord.load(folder: folder.path, account: "one") == record)
    #expect(ForecastRecord.load(folder: folder.path, account: "two") == ForecastRecord())
    let name = try #require(Path.names(in: folder.path).first)
    for content in [
      "", "x", "droidbar-forecasts\t1\n5h\t1\topen\t-1\t0\t0\n5h\t1\tnever\t0\t0\t0\n",
    ] {
      try folder.write(name, content)
      #expect(ForecastRecord.load(folder: folder.path, account: "one") == ForecastRecord())
    }
  }
}

@Suite("Chart of the history")
struct UsageChartTests {
  private func chart(_ samples: [Sample], stepsPerDay: Int = 6) -> UsageChart {
    let data = Snapshot.UsageData(
      takenAt: samples.last?.takenAt ?? Samples.start,
      usage: .standard([Window(kind: .fiveHour, usedPercent: 10, resetsAt: Samples.at(20_000))]))
    return UsageChart(samples: samples, data: data, stepsPerDay: stepsPerDay, scores: [])
  }

  @Test("It has 8 days of each limit, and the usual week after a day of samples")
  func days() throws {
    let samples = Samples.of("5h", (0..<200).map { ($0 * 10, Double($0) / 4) }, resetsAt: 20_000)
    let chart = chart(samples)
    #expect(chart.lines.map(\.limit) == ["5h"])
    #expect(chart.lines.first?.sparkline.steps.utf8.count == 48)
    let week = try #require(chart.week)
    #expect(week.count == 7 && week.allSatisfy { $0.steps.utf8.count == 24 })
    #expect(self.chart(samples, stepsPerDay: 3).lines.first?.sparkline.steps.utf8.count == 24)
  }

  @Test("The busiest hour of the week is full, however little was used")
  func scaled() throws {
    let hours = (0..<192).map { (hour: Int64) -> (minutes: Int64, used: Double) in
      let days = Double((hour + 12) / 24)
      return (hour * 60, days / 10)
    }
    let samples = Samples.of("5h", hours, resetsAt: 20_000)
    let week = try #require(chart(samples).week)
    #expect(week.contains { $0.steps.contains("7") })
    #expect(week.allSatisfy { Set($0.steps).count > 1 })
  }

  @Test("Without enough samples there is no week, and no line")
  func tooFew() {
    let few = chart(Samples.of("5h", [(0, 1), (60, 5)], resetsAt: 300))
    #expect(few.week == nil)
    #expect(few.lines.count == 1)
    #expect(chart([]).lines.isEmpty)
  }
}
