import UsageCore

/// The built-in sample account in each state, without login, network or cache.
enum DemoState: String, CaseIterable {
  case ok
  case warning
  case critical
  case limited
  case idle
  case stale
  case offline
  case rateLimited = "rate-limited"
  case loggedOut = "logged-out"
  case loading
  case tokens
  case tokensMax = "tokens-max"
  case unlimited

  func reading(now: Moment) -> Reading {
    switch self {
    case .ok: fresh(rateLimits(36, 41, 12, now), now)
    case .warning: fresh(rateLimits(58, 81, 30, now), now)
    case .critical: fresh(rateLimits(94, 63, 38, now), now)
    case .limited: fresh(rateLimits(100, 88, 52, now, core: 100), now)
    case .idle: fresh(idle, now)
    case .stale:
      Reading(
        data: data(rateLimits(25, 41, 12, now), takenAt: now.adding(seconds: -7500)),
        problem: .offline(reason: "cannot reach api.factory.ai"), now: now)
    case .offline: without(.offline(reason: "cannot reach api.factory.ai"), now)
    case .rateLimited: without(.rateLimited(until: now.adding(seconds: 4 * 60 + 20)), now)
    case .loggedOut: without(.loggedOut(.noLogin), now)
    case .loading: without(.loading, now)
    case .tokens: fresh(tokens(5_000_000, of: .tokens(20_000_000), 25, now), now, plan: "Pro")
    case .tokensMax: fresh(tokens(163_400_000, of: .tokens(200_000_000), 81.7, now), now)
    case .unlimited: fresh(tokens(335_600_000, of: .unlimited, nil, now), now, plan: "Enterprise")
    }
  }

  private func without(_ problem: Problem, _ now: Moment) -> Reading {
    Reading(data: nil, problem: problem, now: now)
  }

  private func fresh(_ usage: Usage, _ now: Moment, plan: String = "Max") -> Reading {
    Reading(
      data: data(usage, takenAt: now.adding(seconds: -40), plan: plan), problem: nil, now: now)
  }

  private func data(_ usage: Usage, takenAt: Moment, plan: String = "Max") -> Snapshot.UsageData {
    Snapshot.UsageData(
      takenAt: takenAt, usage: usage, plan: plan, organization: "Example & Daughters",
      compute: ComputeHours(usedSeconds: 5400, limitSeconds: 36_000),
      trends: self == .idle ? [] : trends(usage, takenAt),
      local: LocalTokens(
        until: takenAt.adding(seconds: 86_400),
        models: [
          .init(
            name: "claude-opus-4-5", count: TokenCount(worked: 1_240_000, fromCache: 8_400_000)),
          .init(name: "gpt-5.1-codex", count: TokenCount(worked: 310_000)),
        ]))
  }

  private func trends(_ usage: Usage, _ now: Moment) -> [Trend] {
    switch usage {
    case .rateLimits(let pools, _):
      return (pools.first?.windows ?? []).map { window in
        let used = window.usedPercent
        func forecast(_ pointsPerHour: Double) -> Forecast? {
          self.forecast(used, pointsPerHour: pointsPerHour, window.resetsAt, now)
        }
        return switch window.kind {
        case .fiveHour:
          Trend(
            limit: "5h", lastHour: 11, lastDay: 3.5,
            day: Trend.Sparkline("000000000012445600122343"), forecast: forecast(used > 90 ? 24 : 5)
          )
        case .weekly:
          Trend(
            limit: "week", lastHour: 2, lastDay: 0.5,
            week: Trend.Sparkline("----000112233445556600112233"),
            forecast: forecast(used > 80 ? 0.5 : 0.1))
        case .monthly: Trend(limit: "month", forecast: forecast(0.05))
        }
      }
    case .tokens(let pools, _, let end):
      guard let used = pools.first?.usedPercent else { return [] }
      return [
        Trend(
          limit: TokenPool.standardName, lastDay: 0.2,
          week: Trend.Sparkline("----000111111122222222333333"),
          forecast: forecast(used, pointsPerHour: 0.2, end, now))
      ]
    }
  }

  private func forecast(
    _ used: Double, pointsPerHour: Double, _ reset: Moment?, _ now: Moment
  ) -> Forecast? {
    guard let reset, used < 100 else { return nil }
    let hours = Double(reset.seconds(since: now)) / 3600
    let untilFull = (100 - used) / pointsPerHour
    let percent = used + pointsPerHour * hours
    guard untilFull < hours, let at = Moment(exactly: Double(now.seconds) + untilFull * 3600) else {
      return Forecast(percentAtReset: percent, probability: nil, end: nil)
    }
    let spread = Int64(untilFull * 3600 / 10)
    return Forecast(
      percentAtReset: percent, probability: nil,
      end: .init(
        at: at, earliest: at.adding(seconds: -spread), latest: at.adding(seconds: spread),
        isShown: true))
  }

  private func rateLimits(
    _ fiveHour: Double, _ weekly: Double, _ monthly: Double, _ now: Moment, core: Double = 8
  ) -> Usage {
    func window(_ kind: Window.Kind, _ used: Double, seconds: Int64) -> Window {
      Window(kind: kind, usedPercent: used, resetsAt: now.adding(seconds: seconds))
    }
    return .rateLimits(
      pools: [
        RatePool(
          name: RatePool.standardName,
          windows: [
            window(.fiveHour, fiveHour, seconds: 5430),
            window(.weekly, weekly, seconds: 3 * 86_400 + 15_000),
            window(.monthly, monthly, seconds: 21 * 86_400 + 40_000),
          ]),
        RatePool(
          name: RatePool.coreName,
          windows: [
            window(.fiveHour, core, seconds: 9160),
            window(.weekly, 31, seconds: 3 * 86_400 + 15_000),
            window(.monthly, 19, seconds: 21 * 86_400 + 40_000),
          ]),
      ],
      extra: ExtraUsage(
        balanceCents: self == .limited ? 0 : 1250, isAllowed: true,
        preference: ExtraUsage.prefersDroidCore))
  }

  private var idle: Usage {
    .rateLimits(
      pools: [
        RatePool(
          name: RatePool.standardName,
          windows: Window.Kind.allCases.map { Window(kind: $0, usedPercent: 0, resetsAt: nil) })
      ],
      extra: ExtraUsage(balanceCents: 0, isAllowed: true, preference: ExtraUsage.prefersDroidCore))
  }

  private func tokens(_ used: Int64, of allowance: Allowance, _ percent: Double?, _ now: Moment)
    -> Usage
  {
    .tokens(
      pools: [
        TokenPool(
          name: TokenPool.standardName, usedTokens: used, allowance: allowance,
          usedPercent: percent, hasOverage: false)
      ],
      periodStart: now.adding(seconds: -18 * 86_400),
      periodEnd: now.adding(seconds: 12 * 86_400 + 16_000))
  }
}

extension UsageChart {
  /// The history of the sample account.
  static func demo(stepsPerDay: Int) -> UsageChart {
    let workday = "000000000146752366531000"
    let week =
      Array(repeating: workday, count: 5) + [
        "000000000001121100000000", "000000000000000000001100",
      ]
    let steps = days * stepsPerDay
    func line(_ limit: String, _ percent: (Int) -> Double) -> Line? {
      Trend.Sparkline(percentages: (0..<steps).map { percent($0 * 6 / stepsPerDay) })
        .map { Line(limit: limit, sparkline: $0) }
    }
    return UsageChart(
      week: week.compactMap { Trend.Sparkline($0) },
      lines: [
        line("5h") { $0 % 6 == 3 ? 55 : $0 % 6 == 4 ? 78 : 0 },
        line("week") { Double(($0 + 20) % 42) * 1.9 }, line("month") { 5 + Double($0) * 0.2 },
      ].compactMap { $0 },
      scores: [
        ForecastScore(limit: "5h", right: 9, wrong: 3, unannounced: 1),
        ForecastScore(limit: "week", right: 2),
      ])
  }
}
