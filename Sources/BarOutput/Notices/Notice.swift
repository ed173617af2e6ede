import UsageCore

/// Something about a limit that is worth interrupting a person for.
public struct Notice: Equatable, Sendable {
  public enum Event: Equatable, Sendable {
    case reached(NoticeStage)
    /// It was full and is not any more.
    case openAgain
  }

  public let limit: Limit
  public let event: Event

  public var isUrgent: Bool { event == .reached(.full) || event == .reached(.critical) }
}

/// How far a limit has come, as far as notices care.
public enum NoticeStage: String, CaseIterable, Comparable, Sendable {
  case none
  case warning
  case critical
  case full

  public static func < (left: NoticeStage, right: NoticeStage) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .none: 0
    case .warning: 1
    case .critical: 2
    case .full: 3
    }
  }
}
