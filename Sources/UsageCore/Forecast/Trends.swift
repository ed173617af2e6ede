/// What the samples of an account say about its limits.
package enum Trends {
  /// The trends of each limit of `data`.
  ///
  /// - Parameters:
  ///   - data: the response of this refresh.
  ///   - samples: the oldest first; the last one is that of `data`.
  ///   - earlier: the data of the last refresh, whose forecasts stay if possible.
  ///   - utcOffset: that of the local time, in seconds.
  package static func of(
    _ data: Snapshot.UsageData, samples: [Sample], earlier: Snapshot.UsageData?,
    utcOffset: (Moment) -> Int64
  ) -> [Trend] {
    var trends: [Trend] = []
    for pool in data.usage.limits {
      let forecaster = Forecaster(pool: pool, samples: samples, utcOffset: utcOffset)
      for limit in pool {
        let known = earlier.flatMap { last($0, limit) }
        trends.append(
          trend(of: limit, in: samples, forecaster?.forecast(limit, after: known)))
      }
    }
    return trends.filter { !$0.isEmpty }
  }

  /// The expected use in each hour of the local week; nil without a day of samples of the first pool.
  static func learnedWeek(_ usage: Usage, samples: [Sample]) -> [Double]? {
    usage.limits.first.flatMap { pool in
      Forecaster(pool: pool, samples: samples, utcOffset: { _ in 0 })?.learnedWeek
    }
  }

  private static func trend(
    of limit: PoolLimit, in samples: [Sample], _ forecast: Forecast?
  ) -> Trend {
    let isOfTokens = [TokenPool.standardName, TokenPool.premiumName].contains(limit.id)
    return Trend(
      limit: limit.id,
      lastHour: TrailingRate.pointsPerHour(of: limit.id, over: 3600, in: samples),
      lastDay: TrailingRate.pointsPerHour(of: limit.id, over: 86_400, in: samples),
      day: limit.id == Window.Kind.fiveHour.rawValue
        ? Trend.Sparkline(of: limit.id, in: samples, steps: 24, stepSeconds: 3600) : nil,
      week: limit.id == Window.Kind.weekly.rawValue || isOfTokens
        ? Trend.Sparkline(of: limit.id, in: samples, steps: 28, stepSeconds: 6 * 3600) : nil,
      forecast: forecast)
  }

  /// The last forecast, if it was of the same window.
  private static func last(_ data: Snapshot.UsageData, _ limit: PoolLimit) -> Forecast? {
    guard let reset = limit.resetsAt,
      let before = Sample(data, utcOffset: 0).share(of: limit.id),
      Window.isSame(before.resetsAt, reset)
    else { return nil }
    return data.trends.first { $0.limit == limit.id }?.forecast
  }
}
