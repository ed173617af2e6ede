import UsageCore

/// Something that can be used up: a window of a pool, or a token pool.
///
/// A class, because its many fields would be copied often.
public final class Limit: Sendable {
  /// As in `--window` and in templates: `5h`, `core-week`, `standard`.
  public let id: String
  /// In a row of the tooltip: `5-hour`.
  public let title: String
  /// In the headline: `5h`. Nil for the only limit of an account.
  public let shortTitle: String?
  /// The heading above its rows.
  public let pool: String
  /// 0 to 100 and above; nil for tokens without a usable allowance.
  public let usedPercent: Double?
  /// In the billing period; nil for windows.
  public let usedTokens: Int64?
  /// Nil for windows.
  public let allowance: Allowance?
  /// The start of the window or billing period; nil when it is not running or unknown.
  public let startedAt: Moment?
  /// The end of the window or billing period; nil when it is not running or unknown.
  public let resetsAt: Moment?
  /// Use beyond the allowance is possible. False for windows.
  public let hasOverage: Bool
  /// Work stops when it is used up. False for Droid Core, which is only a fallback.
  public let binds: Bool
  /// When the service returned the data.
  public let takenAt: Moment
  /// Nil when the history says nothing about the limit.
  public let trend: Trend?

  var name: String { shortTitle ?? id }
  var isStandardUsage: Bool { binds && pool == PoolTitle.standard }
  /// At least 100% used; false when the percentage is unknown.
  public var isFull: Bool { (usedPercent ?? 0) >= 100 }
  /// Nothing is used and no window is running.
  public var isIdle: Bool { (usedPercent ?? 0) == 0 && (usedTokens ?? 0) == 0 && resetsAt == nil }

  /// Lasts at most a day, so that nights do not count.
  var isShort: Bool {
    guard let startedAt, let resetsAt else { return false }
    return resetsAt.seconds(since: startedAt) <= 86_400
  }

  /// How much of the window has passed, 0 to 1; nil when it is not running.
  public func elapsedShare(at moment: Moment) -> Double? {
    guard let startedAt, let resetsAt, resetsAt > startedAt, moment >= startedAt,
      moment <= resetsAt
    else { return nil }
    return Double(moment.seconds(since: startedAt)) / Double(resetsAt.seconds(since: startedAt))
  }

  /// The limits at `now`, in the order in which they are shown.
  public static func all(of data: Snapshot.UsageData, at now: Moment) -> [Limit] {
    switch data.usage.at(now) {
    case .rateLimits(let pools, _):
      pools.flatMap { pool in pool.windows.map { Limit($0, of: pool, data) } }
    case .tokens(let pools, let start, let end):
      pools.map { Limit($0, isOnly: pools.count == 1, start: start, end: end, data) }
    }
  }

  private init(_ window: Window, of pool: RatePool, _ data: Snapshot.UsageData) {
    let isStandard = pool.name == RatePool.standardName
    let id = LimitID.of(window.kind, in: pool)
    self.id = id
    title = window.kind.title
    shortTitle = isStandard ? window.kind.rawValue : "\(pool.name) \(window.kind.rawValue)"
    self.pool = PoolTitle.of(pool.name)
    usedPercent = window.usedPercent
    usedTokens = nil
    allowance = nil
    startedAt = window.resetsAt?.adding(seconds: -window.kind.lengthSeconds)
    resetsAt = window.resetsAt
    hasOverage = false
    binds = isStandard
    takenAt = data.takenAt
    trend = data.trends.first { $0.limit == id }
  }

  private init(
    _ pool: TokenPool, isOnly: Bool, start: Moment?, end: Moment?, _ data: Snapshot.UsageData
  ) {
    let id = LimitID.of(pool)
    self.id = id
    title = pool.name == TokenPool.premiumName ? "Premium" : "Standard"
    shortTitle = isOnly ? nil : pool.name
    self.pool = PoolTitle.tokens
    usedPercent = pool.usedPercent
    usedTokens = pool.usedTokens
    allowance = pool.allowance
    startedAt = start
    resetsAt = end
    hasOverage = pool.hasOverage
    binds = true
    takenAt = data.takenAt
    trend = data.trends.first { $0.limit == id }
  }
}

extension Window.Kind {
  var title: String {
    switch self {
    case .fiveHour: "5-hour"
    case .weekly: "weekly"
    case .monthly: "monthly"
    }
  }
}

/// The names of Factory's pricing page.
enum PoolTitle {
  static let standard = "Standard Usage"
  static let tokens = "Tokens"

  static func of(_ name: String) -> String {
    switch name {
    case RatePool.standardName: standard
    case RatePool.coreName: "Droid Core"
    default: name
    }
  }
}
