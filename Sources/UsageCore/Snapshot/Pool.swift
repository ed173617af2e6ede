/// A pool with rolling windows: Standard Usage, Droid Core, and whatever the service adds.
public struct RatePool: Equatable, Sendable {
  public static let standardName = "standard"
  public static let coreName = "core"

  /// The service's own word for it.
  public let name: String
  public internal(set) var windows: [Window]

  public init(name: String, windows: [Window]) {
    self.name = name
    self.windows = windows
  }

  public func at(_ now: Moment) -> RatePool {
    RatePool(name: name, windows: windows.map { $0.at(now) })
  }

  public var isFull: Bool { windows.contains(where: \.isFull) }
  public var isUntouched: Bool { windows.allSatisfy(\.isIdle) }
}

/// What a plan allows of a pool of tokens.
public enum Allowance: Equatable, Sendable {
  case tokens(Int64)
  case unlimited
  case unknown
}

/// A pool of tokens for one billing period: the standard and premium tokens of an allowance plan.
public struct TokenPool: Equatable, Sendable {
  public static let standardName = "standard"
  public static let premiumName = "premium"

  public let name: String
  public let usedTokens: Int64
  public let allowance: Allowance
  /// Share of the allowance, 0–100 and beyond; nil when there is none to speak of.
  public let usedPercent: Double?
  /// The pool may go on past its allowance.
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

  public var isFull: Bool { (usedPercent ?? 0) >= 100 }
  public var isUntouched: Bool { usedTokens == 0 && (usedPercent ?? 0) == 0 }

  /// The pool at the start of a period.
  public var renewed: TokenPool {
    TokenPool(
      name: name, usedTokens: 0, allowance: allowance, usedPercent: usedPercent == nil ? nil : 0,
      hasOverage: hasOverage)
  }
}
