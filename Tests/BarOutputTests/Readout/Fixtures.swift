import UsageCore

@testable import BarOutput

/// A fixed point in time and readings around it.
enum Fixture {
  static let now = Moment(seconds: 1_800_000_000)

  static func presentation(_ change: (inout Presentation) -> Void = { _ in }) -> Presentation {
    var presentation = Presentation(
      clock: { moment, now, _ in "+\(moment.seconds(since: now))s" })
    presentation.label = ""
    change(&presentation)
    return presentation
  }

  /// Windows with their share and the seconds until their reset.
  static func standard(
    _ fiveHour: (Double, Int64?), _ weekly: (Double, Int64?) = (0, nil),
    _ monthly: (Double, Int64?) = (0, nil),
    core: Double? = nil,
    extra: ExtraUsage = ExtraUsage(balanceCents: 0, isAllowed: true, preference: nil)
  ) -> Usage {
    func window(_ kind: Window.Kind, _ value: (Double, Int64?)) -> Window {
      Window(kind: kind, usedPercent: value.0, resetsAt: value.1.map { now.adding(seconds: $0) })
    }
    var pools = [
      RatePool(
        name: "standard",
        windows: [window(.fiveHour, fiveHour), window(.weekly, weekly), window(.monthly, monthly)])
    ]
    if let core { pools.append(RatePool(name: "core", windows: [window(.fiveHour, (core, 9000))])) }
    return .rateLimits(pools: pools, extra: extra)
  }

  static func tokens(
    _ percent: Double?, used: Int64 = 5_000_000, overage: Bool = false, end: Int64? = 86_400
  ) -> Usage {
    .tokens(
      pools: [
        TokenPool(
          name: "standard", usedTokens: used,
          allowance: percent == nil ? .unknown : .tokens(20_000_000),
          usedPercent: percent, hasOverage: overage)
      ], periodStart: nil, periodEnd: end.map { now.adding(seconds: $0) })
  }

  /// - Parameter ends: in how many seconds limits are expected to run out.
  static func reading(
    _ usage: Usage, age: Int64 = 0, problem: Problem? = nil, ends: [String: Int64] = [:]
  ) -> Reading {
    let trends = ends.map { limit, seconds in
      let at = now.adding(seconds: seconds)
      return Trend(
        limit: limit,
        forecast: Forecast(
          percentAtReset: nil, probability: nil,
          end: Forecast.End(at: at, earliest: at, latest: at, isShown: true)))
    }
    return Reading(
      data: .init(takenAt: now.adding(seconds: -age), usage: usage, trends: trends),
      problem: problem, now: now)
  }

  static func readout(
    _ usage: Usage, age: Int64 = 0, problem: Problem? = nil, ends: [String: Int64] = [:],
    _ change: (inout Presentation) -> Void = { _ in }
  ) -> Readout {
    Readout(reading(usage, age: age, problem: problem, ends: ends), presentation(change))
  }
}
