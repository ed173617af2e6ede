import UsageCore

/// Picks the limit that will stop the user first.
enum BindingLimit {
  static func choose(from limits: [Limit], now: Moment) -> Limit? {
    // By their places: a limit is large, and every print would copy several.
    let mayBeFree = !limits.contains(where: \.binds)
    if let full = lastFull(of: limits, where: { $0.binds || mayBeFree }) { return limits[full] }
    var soonest: Int?
    var soonestFullAt = Moment.endOfYears
    var highest: Int?
    for place in limits.indices where limits[place].binds || mayBeFree {
      if let fullAt = Projection(of: limits[place], now: now)?.fullAt, fullAt < soonestFullAt {
        soonest = place
        soonestFullAt = fullAt
      }
      if highest.map({ share(limits[$0]) < share(limits[place]) }) ?? true { highest = place }
    }
    return (soonest ?? highest).map { limits[$0] }
  }

  /// Several may be full: work goes on when the last of them has reset.
  static func lastFull(of limits: [Limit], where counts: (Limit) -> Bool) -> Int? {
    var last: Int?
    for place in limits.indices where limits[place].isFull && counts(limits[place]) {
      if last.map({ reset(limits[$0]) < reset(limits[place]) }) ?? true { last = place }
    }
    return last
  }

  private static func share(_ limit: Limit) -> Double { limit.usedPercent ?? -1 }

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
