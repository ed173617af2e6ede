/// The history of an account, prepared for a chart.
public struct UsageChart: Equatable, Sendable {
  /// A limit over the last 8 days, the oldest first.
  public struct Line: Equatable, Sendable {
    /// A `LimitID`.
    public let limit: String
    /// The highest percentage in each step.
    public let sparkline: Trend.Sparkline

    public init(limit: String, sparkline: Trend.Sparkline) {
      self.limit = limit
      self.sparkline = sparkline
    }
  }

  /// How far back the lines reach.
  public static let days = 8

  /// The expected use in each hour of the local week, Monday 00:00 first, in steps up to the busiest hour; nil before
  /// there is a day of history.
  public let week: [Trend.Sparkline]?
  /// Limits without samples are left out.
  public let lines: [Line]
  /// How often the forecasts were right, by limit.
  public let scores: [ForecastScore]

  public init(week: [Trend.Sparkline]?, lines: [Line], scores: [ForecastScore]) {
    self.week = week
    self.lines = lines
    self.scores = scores
  }

  /// Reads the history and the scores of an account. `stepsPerDay` is that of the lines.
  public init(
    places: Places, account: String, data: Snapshot.UsageData, stepsPerDay: Int, now: Moment
  ) {
    let folder = places.accountDirectory
    let samples = HistoryFile(folder: folder, account: account).samples(now: now)
    self.init(
      samples: samples, data: data, stepsPerDay: stepsPerDay,
      scores: ForecastRecord.load(folder: folder, account: account).entries.map { $0.score })
  }

  init(
    samples: [Sample], data: Snapshot.UsageData, stepsPerDay: Int, scores: [ForecastScore]
  ) {
    let limits = Sample(data, utcOffset: 0).shares.map { $0.limit }
    lines = limits.compactMap { limit in
      Trend.Sparkline(
        of: limit, in: samples, steps: Self.days * stepsPerDay,
        stepSeconds: 86_400 / Int64(stepsPerDay)
      ).map { Line(limit: limit, sparkline: $0) }
    }
    week = Trends.learnedWeek(data.usage, samples: samples).flatMap { hours in
      let highest = hours.max() ?? 0
      guard highest > 0 else { return nil }
      return stride(from: 0, to: hours.count, by: 24).compactMap { day in
        Trend.Sparkline(percentages: hours[day..<day + 24].map { $0 / highest * 100 })
      }
    }
    self.scores = scores
  }
}
