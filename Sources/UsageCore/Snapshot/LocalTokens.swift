/// Tokens of droid's sessions on this machine since midnight, by model. Not what the service counts against a plan.
public struct LocalTokens: Equatable, Sendable {
  public struct Model: Equatable, Sendable {
    public let name: String
    public let count: TokenCount

    public init(name: String, count: TokenCount) {
      self.name = name
      self.count = count
    }
  }

  /// The midnight that ends the day they are of.
  public let until: Moment
  /// Most tokens first.
  public let models: [Model]

  public init(until: Moment, models: [Model]) {
    self.until = until
    self.models = models
  }

  public var total: TokenCount {
    models.reduce(TokenCount()) { $0.adding($1.count) }
  }
}

/// Tokens by what they cost: those that were worked on, and those that came out of a cache.
public struct TokenCount: Equatable, Sendable {
  /// Input, output, thinking, and what was written to a cache.
  public let worked: Int64
  public let fromCache: Int64

  public init(worked: Int64 = 0, fromCache: Int64 = 0) {
    self.worked = max(0, worked)
    self.fromCache = max(0, fromCache)
  }

  var isZero: Bool { worked == 0 && fromCache == 0 }

  func adding(_ other: TokenCount) -> TokenCount {
    TokenCount(
      worked: Self.sum(worked, other.worked), fromCache: Self.sum(fromCache, other.fromCache))
  }

  /// Never below nothing: a session whose count was set back used nothing by that.
  func subtracting(_ other: TokenCount) -> TokenCount {
    TokenCount(
      worked: worked - min(worked, other.worked),
      fromCache: fromCache - min(fromCache, other.fromCache))
  }

  func atMost(_ other: TokenCount) -> TokenCount {
    TokenCount(worked: min(worked, other.worked), fromCache: min(fromCache, other.fromCache))
  }

  /// Counts come from files: absurd ones saturate.
  static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}
