/// `GET /api/billing/limits`: the windows of accounts on rate limits, and whether the account is on rate limits.
enum LimitsResponse {
  static let path = "/api/billing/limits"
  /// More pools than any plan has.
  private static let maximumPools = 50

  /// Nil when the account is not on rate limits; see `TokenUsageResponse`.
  static func usage(_ response: JSONValue, now: Moment) -> Usage? {
    guard response["usesTokenRateLimitsBilling"]?.bool == true,
      let limits = response["limits"], let members = limits.members,
      limits[RatePool.standardName]?.isObject == true
    else { return nil }
    let pools = order(members.map { $0.name }).prefix(maximumPools).compactMap { name in
      limits[name].flatMap { pool($0, name: name, now: now) }
    }
    return .rateLimits(pools: pools, extra: extra(response))
  }

  /// Standard Usage and Droid Core first, then the others by name.
  private static func order(_ names: [String]) -> [String] {
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
    let end = DateParser.moment(value["windowEnd"])
    if let remaining = value["secondsRemaining"]?.integer, remaining > 0 {
      return Window(kind: kind, usedPercent: max(0, used), resetsAt: now.adding(seconds: remaining))
    }
    // An ended window keeps its last value until its next use. It is idle.
    return Window(kind: kind, usedPercent: max(0, used), resetsAt: end).at(now)
  }

  private static func extra(_ response: JSONValue) -> ExtraUsage {
    ExtraUsage(
      balanceCents: response["extraUsageBalanceCents"]?.integer,
      isAllowed: response["extraUsageAllowed"]?.bool,
      preference: Label.clean(response["overagePreference"]?.string))
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
