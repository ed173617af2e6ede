import UsageCore

/// One thing that can run out: a window of a pool, or a pool of tokens.
public struct Limit: Equatable, Sendable {
  /// The spelling of `--window` and of templates: `5h`, `core-week`, `standard`.
  public let id: String
  /// For a row: `5-hour`.
  public let title: String
  /// For the headline: `5h`; nil where there is nothing to tell it from.
  public let shortTitle: String?
  /// The heading of the rows it belongs to.
  public let pool: String
  public let usedPercent: Double?
  public let usedTokens: Int64?
  public let allowance: Allowance?
  public let startedAt: Moment?
  public let resetsAt: Moment?
  public let hasOverage: Bool
  /// Whether the account's work stops when it is full: not so for what is only there to go on with.
  public let binds: Bool
  /// When the service gave the figure.
  public let takenAt: Moment
  public let trend: Trend?

  /// Its window begins and ends within a day: nights do not count in it.
  var isWithinADay: Bool {
    guard let startedAt, let resetsAt else { return false }
    return resetsAt.seconds(since: startedAt) <= 86_400
  }

  var isOfStandardUsage: Bool { binds && pool == PoolTitle.standard }
  public var isFull: Bool { (usedPercent ?? 0) >= 100 }
  public var isIdle: Bool { (usedPercent ?? 0) == 0 && (usedTokens ?? 0) == 0 && resetsAt == nil }

  /// The limits as they stand at `now`, in the order in which they are shown.
  public static func all(of figures: Snapshot.Figures, at now: Moment) -> [Limit] {
    var limits: [Limit] = []
    switch figures.usage.at(now) {
    case .rateLimits(let pools, _):
      for pool in pools {
        for window in pool.windows { limits.append(Limit(window: window, of: pool, figures)) }
      }
    case .tokens(let pools, let start, let end):
      for pool in pools {
        limits.append(
          Limit(pool: pool, isOnly: pools.count == 1, start: start, end: end, figures))
      }
    }
    return limits
  }

  private init(window: Window, of pool: RatePool, _ figures: Snapshot.Figures) {
    let isStandard = pool.name == RatePool.standardName
    let name = LimitName.of(window.kind, in: pool)
    id = name
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
    takenAt = figures.takenAt
    trend = figures.trends.first { $0.limit == name }
  }

  private init(
    pool: TokenPool, isOnly: Bool, start: Moment?, end: Moment?, _ figures: Snapshot.Figures
  ) {
    let name = LimitName.of(pool)
    id = name
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
    takenAt = figures.takenAt
    trend = figures.trends.first { $0.limit == name }
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

/// The names people know from the pricing page.
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
