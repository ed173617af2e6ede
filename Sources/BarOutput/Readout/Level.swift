/// How bad it is.
public enum Level: String, CaseIterable, Sendable {
  case ok
  case warning
  case critical
  /// Work stops here.
  case limited
  /// Nothing is used and no window runs.
  case idle
}

/// From which share of used a level begins.
public struct Thresholds: Equatable, Sendable {
  public var warning: Double
  public var critical: Double

  public init(warning: Double = 75, critical: Double = 90) {
    self.warning = warning
    self.critical = critical
  }

  func level(usedPercent: Double) -> Level {
    usedPercent >= critical ? .critical : usedPercent >= warning ? .warning : .ok
  }
}
