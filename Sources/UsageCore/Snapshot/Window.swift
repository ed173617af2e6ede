/// A rolling limit of a pool. Each one starts at its first use.
public struct Window: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case fiveHour = "5h"
    case weekly = "week"
    case monthly = "month"

    public var lengthSeconds: Int64 {
      switch self {
      case .fiveHour: 5 * 3600
      case .weekly: 7 * 86_400
      case .monthly: 30 * 86_400
      }
    }
  }

  public let kind: Kind
  /// 0–100, and beyond when the service says so.
  public let usedPercent: Double
  /// Nil when no window runs.
  public let resetsAt: Moment?

  public init(kind: Kind, usedPercent: Double, resetsAt: Moment?) {
    self.kind = kind
    self.usedPercent = usedPercent
    self.resetsAt = resetsAt
  }

  /// The window as it stands at `now`: one whose reset has passed is idle, whatever it said when it was read.
  public func at(_ now: Moment) -> Window {
    guard let resetsAt, resetsAt <= now else { return self }
    return Window(kind: kind, usedPercent: 0, resetsAt: nil)
  }

  /// Nothing runs: its next use starts a new window.
  public var isIdle: Bool { resetsAt == nil && usedPercent == 0 }
  public var isFull: Bool { usedPercent >= 100 }
}
