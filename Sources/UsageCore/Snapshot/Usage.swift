/// The usage of an account, as the service reports it.
public enum Usage: Equatable, Sendable {
  /// Rolling windows: individual plans since April 2026.
  case rateLimits(pools: [RatePool], extra: ExtraUsage)
  /// A token allowance for a billing period. `periodEnd` is nil when it was unknown or already past.
  case tokens(pools: [TokenPool], periodStart: Moment?, periodEnd: Moment?)

  /// The usage at `now`: windows and periods that have ended since are empty.
  public func at(_ now: Moment) -> Usage {
    switch self {
    case .rateLimits(let pools, let extra):
      return .rateLimits(pools: pools.map { $0.at(now) }, extra: extra)
    case .tokens(let pools, _, let end):
      guard let end, end <= now else { return self }
      return .tokens(pools: pools.map { $0.emptied }, periodStart: nil, periodEnd: nil)
    }
  }
}

/// A rolling window of a pool. Each one starts at its first use.
public struct Window: Equatable, Sendable {
  /// The raw value is in `--window`, templates and files.
  public enum Kind: String, CaseIterable, Sendable {
    case fiveHour = "5h"
    case weekly = "week"
    case monthly = "month"

    /// A month counts as 30 days.
    public var lengthSeconds: Int64 {
      switch self {
      case .fiveHour: 5 * 3600
      case .weekly: 7 * 86_400
      case .monthly: 30 * 86_400
      }
    }
  }

  /// Whether two reset times belong to one window. They vary a little between responses.
  public static func isSame(_ reset: Moment?, _ other: Moment?) -> Bool {
    guard let reset, let other else { return reset == other }
    return reset.isWithin(seconds: 15 * 60, of: other)
  }

  /// A pool has at most one window of each.
  public let kind: Kind
  /// 0 to 100, or more when the service reports more.
  public let usedPercent: Double
  /// Nil when no window is running.
  public let resetsAt: Moment?

  public init(kind: Kind, usedPercent: Double, resetsAt: Moment?) {
    self.kind = kind
    self.usedPercent = usedPercent
    self.resetsAt = resetsAt
  }

  /// The window at `now`: idle when its reset has passed.
  public func at(_ now: Moment) -> Window {
    guard let resetsAt, resetsAt <= now else { return self }
    return Window(kind: kind, usedPercent: 0, resetsAt: nil)
  }

  /// Not running. The next use starts a new window.
  public var isIdle: Bool { resetsAt == nil && usedPercent == 0 }
  /// At least 100% used.
  public var isFull: Bool { usedPercent >= 100 }
}

/// A pool with rolling windows: Standard Usage, Droid Core, and any that the service adds.
public struct RatePool: Equatable, Sendable {
  /// The name of Standard Usage in the response.
  public static let standardName = "standard"
  /// The name of Droid Core in the response.
  public static let coreName = "core"

  /// The name in the response.
  public let name: String
  /// The shortest first.
  public internal(set) var windows: [Window]

  public init(name: String, windows: [Window]) {
    self.name = name
    self.windows = windows
  }

  /// The pool at `now`: windows whose reset has passed are idle.
  public func at(_ now: Moment) -> RatePool {
    RatePool(name: name, windows: windows.map { $0.at(now) })
  }

  /// One full window is enough.
  public var isFull: Bool { windows.contains { $0.isFull } }
  /// Every window is idle.
  public var isUnused: Bool { windows.allSatisfy { $0.isIdle } }
}

/// How many tokens a plan includes.
public enum Allowance: Equatable, Sendable {
  case tokens(Int64)
  case unlimited
  case unknown
}

/// A token pool of an allowance plan for one billing period.
public struct TokenPool: Equatable, Sendable {
  /// The name of the standard tokens in the response.
  public static let standardName = "standard"
  /// The name of the premium tokens in the response. Many plans have none.
  public static let premiumName = "premium"

  /// The name in the response.
  public let name: String
  /// In the billing period, by the organization if the service says so, else by the user.
  public let usedTokens: Int64
  /// For the billing period.
  public let allowance: Allowance
  /// Share of the allowance, 0 to 100 and above; nil when there is no usable allowance.
  public let usedPercent: Double?
  /// Use beyond the allowance is possible.
  public let hasOverage: Bool

  public init(
    name: String, usedTokens: Int64, allowance: Allowance, usedPercent: Double?, hasOverage: Bool
  ) {
    self.name = name
    self.usedTokens = usedTokens
    self.allowance = allowance
    self.usedPercent = usedPercent
    self.hasOverage = hasOverage
  }

  /// The allowance is used up; false when there is none.
  public var isFull: Bool { (usedPercent ?? 0) >= 100 }
  /// Neither tokens nor a share of the allowance are used.
  public var isUnused: Bool { usedTokens == 0 && (usedPercent ?? 0) == 0 }

  /// The pool at the start of a period.
  var emptied: TokenPool {
    TokenPool(
      name: name, usedTokens: 0, allowance: allowance, usedPercent: usedPercent == nil ? nil : 0,
      hasOverage: hasOverage)
  }
}

/// Extra Usage, the prepaid balance for use beyond Standard Usage.
public struct ExtraUsage: Equatable, Sendable {
  /// A value of `preference`: Droid Core.
  public static let prefersDroidCore = "droidCore"
  /// A value of `preference`: Extra Usage.
  public static let prefersExtraUsage = "extraUsage"

  /// US cents.
  public let balanceCents: Int64?
  /// Nil when the service did not send it.
  public let isAllowed: Bool?
  /// `overagePreference`: what the account uses when Standard Usage is used up.
  public let preference: String?

  public init(balanceCents: Int64?, isAllowed: Bool?, preference: String?) {
    self.balanceCents = balanceCents
    self.isAllowed = isAllowed
    self.preference = preference
  }

  /// There is a balance, and its use is not disabled.
  public var canPay: Bool { isAllowed != false && (balanceCents ?? 0) > 0 }
}

/// Droid Computers: hours in the billing period.
public struct ComputeHours: Equatable, Sendable {
  /// By the whole organization.
  public let usedSeconds: Int64
  /// What the plan includes.
  public let limitSeconds: Int64

  public init(usedSeconds: Int64, limitSeconds: Int64) {
    self.usedSeconds = usedSeconds
    self.limitSeconds = limitSeconds
  }
}

/// The identifier of a limit on the command line, in templates and in files: `5h`, `core-week`, `standard`.
public enum LimitID {
  /// `5h` for Standard Usage, `core-5h` for other pools.
  public static func of(_ kind: Window.Kind, in pool: RatePool) -> String {
    pool.name == RatePool.standardName ? kind.rawValue : pool.name + "-" + kind.rawValue
  }

  /// The name of the pool.
  public static func of(_ pool: TokenPool) -> String {
    pool.name
  }
}

/// A limit with a percentage: a window of a pool, or a token pool.
struct PoolLimit {
  /// A `LimitID`.
  let id: String
  let usedPercent: Double
  let seconds: Int64
  /// Nil when it is not running.
  let resetsAt: Moment?
}

extension Usage {
  /// The limits with a percentage. Those that count the same use are together.
  var limits: [[PoolLimit]] {
    switch self {
    case .rateLimits(let pools, _):
      return pools.map { pool in
        pool.windows.map {
          PoolLimit(
            id: LimitID.of($0.kind, in: pool), usedPercent: $0.usedPercent,
            seconds: $0.kind.lengthSeconds, resetsAt: $0.resetsAt)
        }
      }
    case .tokens(let pools, let start, let end):
      let seconds = start.flatMap { start in end.map { $0.seconds(since: start) } } ?? 0
      return pools.compactMap { pool in
        pool.usedPercent.map {
          [PoolLimit(id: LimitID.of(pool), usedPercent: $0, seconds: seconds, resetsAt: end)]
        }
      }
    }
  }
}
