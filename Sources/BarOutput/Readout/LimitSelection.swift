import UsageCore

/// Selects the limit that stops the user first.
enum LimitSelection {
  /// A full limit, else the one that is most likely the first to run out. Before that is known, the one that is expected
  /// to run out first, else the one with the highest expected percentage.
  static func automatic(from limits: [Limit], now: Moment) -> Limit? {
    let binding = limits.contains { $0.binds } ? limits.filter { $0.binds } : limits
    if let full = lastFull(of: binding) { return full }
    if let first = mostLikelyFirst(of: binding, now: now) { return first }
    let ending = binding.compactMap { limit -> (limit: Limit, at: Moment)? in
      limit.expectedEnd(at: now).map { (limit, $0.at) }
    }
    if let first = ending.min(by: { $0.at < $1.at }) { return first.limit }
    // The first of several, which `max` would not return.
    return binding.reduce(nil as Limit?) { highest, limit in
      limit.expectedPercent > highest?.expectedPercent ?? -2 ? limit : highest
    }
  }

  /// Nil unless every forecast has a probability.
  private static func mostLikelyFirst(of limits: [Limit], now: Moment) -> Limit? {
    let isKnown = limits.allSatisfy { limit in
      limit.trend?.forecast.map { $0.probability != nil } ?? true
    }
    guard isKnown else { return nil }
    let ends = limits.compactMap { limit -> (limit: Limit, at: Moment, probability: Double)? in
      guard let reset = limit.resetsAt,
        let probability = limit.trend?.forecast?.probability
      else { return nil }
      return (limit, limit.expectedEnd(at: now)?.at ?? reset, probability)
    }
    var first: (limit: Limit, probability: Double)?
    for end in ends {
      let probability = ends.filter { $0.at < end.at }.reduce(end.probability) {
        $0 * (1 - $1.probability)
      }
      if probability > first?.probability ?? -1 { first = (end.limit, probability) }
    }
    return first?.limit
  }

  /// Of several full limits, the one that resets last: work can continue only then.
  static func lastFull(of limits: [Limit]) -> Limit? {
    limits.filter { $0.isFull }.max {
      ($0.resetsAt ?? .endOfYears) < ($1.resetsAt ?? .endOfYears)
    }
  }
}

/// What can be used when a limit is used up.
public enum Fallback: Equatable, Sendable {
  case droidCore
  /// The account has an unused Droid Core pool but does not say whether it takes over.
  case droidCoreIfEnabled
  case extraUsage(cents: Int64)
  case overage

  /// Completes a sentence: `Droid Core`, `Extra Usage $12.50`.
  public var text: String {
    switch self {
    case .droidCore: "Droid Core"
    case .droidCoreIfEnabled: "Droid Core if enabled"
    case .extraUsage(let cents): "Extra Usage \(Format.dollars(cents: cents))"
    case .overage: "overage"
    }
  }

  static func after(_ limit: Limit, in usage: Usage) -> Fallback? {
    guard case .rateLimits(let pools, let extra) = usage else {
      return limit.hasOverage ? .overage : nil
    }
    guard limit.binds else { return nil }
    let money = extra.canPay ? Fallback.extraUsage(cents: extra.balanceCents ?? 0) : nil
    if extra.preference == ExtraUsage.prefersExtraUsage, let money { return money }
    return core(pools, extra) ?? money
  }

  /// A response has no core pool until it is first used.
  private static func core(_ pools: [RatePool], _ extra: ExtraUsage) -> Fallback? {
    let isPreferred = extra.preference == ExtraUsage.prefersDroidCore
    guard let core = pools.first(where: { $0.name == RatePool.coreName }) else {
      return isPreferred ? .droidCore : nil
    }
    if core.isFull { return nil }
    return isPreferred || !core.isUnused ? .droidCore : .droidCoreIfEnabled
  }
}
