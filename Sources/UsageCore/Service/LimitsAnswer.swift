/// `GET /api/billing/limits`: the rolling windows of accounts on rate limits, and the gate that says who is.
enum LimitsAnswer {
  static let path = "/api/billing/limits"

  /// Nil when the account is not on rate limits: its usage is in `TokenUsageAnswer`.
  static func usage(_ answer: JSONValue, now: Moment) -> Usage? {
    guard answer["usesTokenRateLimitsBilling"]?.bool == true,
      let limits = answer["limits"]?.members,
      limits[RatePool.standardName]?.members != nil
    else { return nil }
    let pools = order(limits.keys).compactMap { name in
      limits[name].flatMap { pool($0, name: name, now: now) }
    }
    return .rateLimits(pools: pools, extra: extra(answer))
  }

  /// Standard Usage and Droid Core first, then the rest by name.
  private static func order(_ names: some Sequence<String>) -> [String] {
    let first = [RatePool.standardName, RatePool.coreName]
    return first + names.filter { !first.contains($0) }.sorted()
  }

  private static func pool(_ value: JSONValue, name: String, now: Moment) -> RatePool? {
    let windows = Window.Kind.allCases.compactMap { kind in
      value[kind.serviceName].flatMap { window($0, kind: kind, now: now) }
    }
    guard !windows.isEmpty, let name = Label.clean(name) else { return nil }
    return RatePool(name: name, windows: windows)
  }

  private static func window(_ value: JSONValue, kind: Window.Kind, now: Moment) -> Window? {
    guard let used = value["usedPercent"]?.double else { return nil }
    let end = Timestamp.moment(value["windowEnd"])
    if let remaining = value["secondsRemaining"]?.integer, remaining > 0 {
      return Window(kind: kind, usedPercent: max(0, used), resetsAt: now.adding(seconds: remaining))
    }
    // An ended window keeps its last figure until its next use: it is idle.
    return Window(kind: kind, usedPercent: max(0, used), resetsAt: end).at(now)
  }

  private static func extra(_ answer: JSONValue) -> ExtraUsage {
    ExtraUsage(
      balanceCents: answer["extraUsageBalanceCents"]?.integer,
      isAllowed: answer["extraUsageAllowed"]?.bool,
      preference: Label.clean(answer["overagePreference"]?.string).map { .init($0) })
  }
}

extension Window.Kind {
  fileprivate var serviceName: String {
    switch self {
    case .fiveHour: "fiveHour"
    case .weekly: "weekly"
    case .monthly: "monthly"
    }
  }
}
