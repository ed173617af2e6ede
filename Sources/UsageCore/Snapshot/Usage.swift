/// What the service said about an account's usage.
public enum Usage: Equatable, Sendable {
  /// Rolling windows: individual plans since April 2026.
  case rateLimits(pools: [RatePool], extra: ExtraUsage)
  /// Tokens for a billing period; `periodEnd` is nil when it was unknown or already past as the figures were taken.
  case tokens(pools: [TokenPool], periodStart: Moment?, periodEnd: Moment?)

  /// The usage as it stands at `now`: what has been renewed since it was read shows nothing of its old figure.
  public func at(_ now: Moment) -> Usage {
    switch self {
    case .rateLimits(let pools, let extra):
      return .rateLimits(pools: pools.map { $0.at(now) }, extra: extra)
    case .tokens(let pools, _, let end):
      guard let end, end <= now else { return self }
      return .tokens(pools: pools.map(\.renewed), periodStart: nil, periodEnd: nil)
    }
  }
}
