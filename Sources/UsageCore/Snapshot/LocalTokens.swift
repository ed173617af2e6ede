/// Tokens used since midnight by droid sessions on this machine, by model. Not what the service bills.
public struct LocalTokens: Equatable, Sendable {
  /// The tokens of one model, or of several that have no row of their own.
  public struct Model: Equatable, Sendable {
    /// As in the session files, or `others`.
    public let name: String
    /// Since midnight.
    public let count: TokenCount

    public init(name: String, count: TokenCount) {
      self.name = name
      self.count = count
    }
  }

  /// The end of the day.
  public let until: Moment
  /// In descending order of tokens.
  public let models: [Model]

  public init(until: Moment, models: [Model]) {
    self.until = until
    self.models = models
  }

  /// The sum of all models.
  public var total: TokenCount {
    models.reduce(TokenCount()) { $0.adding($1.count) }
  }
}

/// Processed tokens, and tokens read from the prompt cache.
public struct TokenCount: Equatable, Sendable {
  /// Input, output and cache writes.
  public let worked: Int64
  /// Tokens read from the prompt cache, which are not in `worked`.
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

  /// Never negative: a session whose counter was reset used nothing.
  func subtracting(_ other: TokenCount) -> TokenCount {
    TokenCount(
      worked: worked - min(worked, other.worked),
      fromCache: fromCache - min(fromCache, other.fromCache))
  }

  func atMost(_ other: TokenCount) -> TokenCount {
    TokenCount(worked: min(worked, other.worked), fromCache: min(fromCache, other.fromCache))
  }

  /// Saturates, because counts come from files.
  static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}
