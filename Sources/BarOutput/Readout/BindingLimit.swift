import UsageCore

/// Picks the limit that will stop the user first.
enum BindingLimit {
  static func choose(from limits: [Limit], now: Moment) -> Limit? {
    let binding = limits.filter(\.binds)
    let candidates = binding.isEmpty ? limits : binding
    // Several may be full: work goes on when the last of them has reset.
    let full = candidates.filter(\.isFull)
    if let latest = full.max(by: { reset($0) < reset($1) }) { return latest }
    let projected = candidates.compactMap { limit in
      Projection(of: limit, now: now)?.fullAt.map { (limit: limit, fullAt: $0) }
    }
    if let soonest = projected.min(by: { $0.fullAt < $1.fullAt }) { return soonest.limit }
    var highest = candidates.first
    for limit in candidates where (limit.usedPercent ?? -1) > (highest?.usedPercent ?? -1) {
      highest = limit
    }
    return highest
  }

  private static func reset(_ limit: Limit) -> Moment {
    limit.resetsAt ?? .endOfYears
  }
}

/// What a full limit leaves to go on with.
public enum Continuation: Equatable, Sendable {
  case droidCore
  case extraUsage(cents: Int64)
  case overage

  public var words: String {
    switch self {
    case .droidCore: "Droid Core"
    case .extraUsage(let cents): "Extra Usage \(Words.dollars(cents: cents))"
    case .overage: "overage"
    }
  }

  static func after(_ limit: Limit, in usage: Usage) -> Continuation? {
    guard case .rateLimits(let pools, let extra) = usage else {
      return limit.hasOverage ? .overage : nil
    }
    guard limit.binds else { return nil }
    let core = pools.first { $0.name == RatePool.coreName }
    // The pool is left out of an answer until it is first used: the account's own choice then says that it is there.
    let hasCore = core.map { !$0.isFull } ?? (extra.preference == .droidCore)
    let money = extra.canPay ? Continuation.extraUsage(cents: extra.balanceCents ?? 0) : nil
    if extra.preference == .extraUsage, let money { return money }
    return hasCore ? .droidCore : money
  }
}
