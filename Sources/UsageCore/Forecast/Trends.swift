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
    for pool in pools(of: data.usage) {
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
    guard let pool = pools(of: usage).first,
      let forecaster = Forecaster(pool: pool, samples: samples, utcOffset: { _ in 0 })
    else { return nil }
    return forecaster.learnedWeek
  }

  private static func trend(
    of limit: Forecaster.Limit, in samples: [Sample], _ forecast: Forecast?
  ) -> Trend {
    let isOfTokens = [TokenPool.standardName, TokenPool.premiumName].contains(limit.id)
    return Trend(
      limit: limit.id,
      lastHour: TrailingRate.pointsPerHour(of: limit.id, over: 3600, in: samples),
      lastDay: TrailingRate.pointsPerHour(of: limit.id, over: 86_400, in: samples),
      day: limit.id == Window.Kind.fiveHour.rawValue
        ? SparklineBuilder.day(of: limit.id, in: samples) : nil,
      week: limit.id == Window.Kind.weekly.rawValue || isOfTokens
        ? SparklineBuilder.week(of: limit.id, in: samples) : nil,
      forecast: forecast)
  }

  /// The limits that count the same use, together.
  private static func pools(of usage: Usage) -> [[Forecaster.Limit]] {
    switch usage {
    case .rateLimits(let pools, _):
      return pools.map { pool in
        pool.windows.map { window in
          Forecaster.Limit(
            id: LimitID.of(window.kind, in: pool), usedPercent: window.usedPercent,
            seconds: window.kind.lengthSeconds, resetsAt: window.resetsAt)
        }
      }
    case .tokens(let pools, let start, let end):
      return pools.compactMap { pool in
        pool.usedPercent.map { used in
          let seconds = start.flatMap { start in end.map { $0.seconds(since: start) } } ?? 0
          return [
            Forecaster.Limit(
              id: LimitID.of(pool), usedPercent: used, seconds: seconds, resetsAt: end)
          ]
        }
      }
    }
  }

  /// The last forecast, if it was of the same window.
  private static func last(_ data: Snapshot.UsageData, _ limit: Forecaster.Limit) -> Forecast? {
    guard let reset = limit.resetsAt,
      let before = Sample(data, utcOffset: 0).share(of: limit.id),
      before.isSameWindow(as: .init(limit: limit.id, usedPercent: 0, resetsAt: reset))
    else { return nil }
    return data.trends.first { $0.limit == limit.id }?.forecast
  }
}
