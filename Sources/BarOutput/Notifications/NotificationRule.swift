import UsageCore

/// When to notify: once for each window and stage, and again only after a reset or a clear decrease.
public struct NotificationRule {
  /// A percentage that varies around a threshold causes one notification.
  static let decreasePoints = 5.0

  let thresholds: Thresholds

  public init(thresholds: Thresholds) {
    self.thresholds = thresholds
  }

  /// The notifications that are due now. Records them in `memory`, and forgets what no longer applies.
  public func notifications(of limits: [Limit], _ memory: inout NotificationMemory)
    -> [LimitNotification]
  {
    let workIsStopped = limits.contains { $0.binds && $0.isFull }
    var notifications: [LimitNotification] = []
    for limit in limits {
      guard let used = limit.usedPercent else { continue }
      // A fallback matters only while it is used.
      let matters = limit.binds || workIsStopped
      let event = event(of: limit, used: matters ? used : 0, matters: matters, &memory)
      if let event { notifications.append(LimitNotification(limit: limit, event: event)) }
    }
    return notifications
  }

  private func event(
    of limit: Limit, used: Double, matters: Bool, _ memory: inout NotificationMemory
  ) -> LimitNotification.Event? {
    let known = memory.entry(of: limit.id)
    let isSameWindow = known.map { Window.isSame($0.resetsAt, limit.resetsAt) } ?? true
    let notified = known?.stage ?? .none
    let stage = stage(used, of: limit)
    let kept = isSameWindow ? keptStage(notified, used) : .none
    memory.note(.init(limit: limit.id, stage: max(stage, kept), resetsAt: limit.resetsAt))
    if stage > (isSameWindow ? notified : .none) { return .reached(stage) }
    return notified == .full && kept < .full && matters ? .availableAgain : nil
  }

  private func stage(_ used: Double, of limit: Limit) -> NotificationStage {
    if used >= 100 { return .full }
    guard limit.binds else { return .none }
    switch thresholds.level(usedPercent: used) {
    case .critical: return .critical
    case .warning: return .warning
    default: return .none
    }
  }

  /// The highest stage, up to the notified one, that the percentage has not clearly fallen below.
  private func keptStage(_ notified: NotificationStage, _ used: Double) -> NotificationStage {
    let stages: [(stage: NotificationStage, from: Double)] = [
      (.full, 100), (.critical, thresholds.critical), (.warning, thresholds.warning),
    ]
    return stages.first { $0.stage <= notified && used > $0.from - Self.decreasePoints }?.stage
      ?? .none
  }
}

/// The last notified stage of each limit.
public struct NotificationMemory: Equatable, Sendable {
  /// What the user was last told about a limit.
  public struct Entry: Equatable, Sendable {
    /// A `Limit.id`.
    public var limit: String
    /// The notified one, lower once the percentage has clearly fallen.
    public var stage: NotificationStage
    /// Identifies the window.
    public var resetsAt: Moment?
  }

  private static let header = "droidbar-notices\t1"

  /// As in `Snapshot.account`.
  public let account: String
  /// Limits that are at `none` have no entry.
  public private(set) var entries: [Entry] = []

  /// Parses the text of a memory. That of another account, or an invalid one, counts as empty.
  public init(_ text: String, account: String) {
    self.account = account
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 2, lines[0] == Self.header, lines[1] == account else { return }
    for line in lines[2...] {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 3, let stage = NotificationStage(rawValue: String(fields[1])) else {
        continue
      }
      let reset = Int64(fields[2]).map { Moment(seconds: $0) }
      entries.append(Entry(limit: String(fields[0]), stage: stage, resetsAt: reset))
    }
  }

  /// The content of the state file, which `init(_:account:)` parses.
  public var text: String {
    let lines = entries.map { entry in
      "\(entry.limit)\t\(entry.stage.rawValue)\t\(entry.resetsAt.map { "\($0.seconds)" } ?? "")"
    }
    return ([Self.header, account] + lines + [""]).joined(separator: "\n")
  }

  func entry(of limit: String) -> Entry? {
    entries.first { $0.limit == limit }
  }

  /// Reverts a limit whose notification could not be sent.
  public mutating func restore(_ limit: String, from earlier: NotificationMemory) {
    note(earlier.entry(of: limit) ?? Entry(limit: limit, stage: .none))
  }

  mutating func note(_ entry: Entry) {
    entries.removeAll { $0.limit == entry.limit }
    if entry.stage != .none { entries.append(entry) }
  }
}
