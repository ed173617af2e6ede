import UsageCore

/// When a limit is worth a notice: once a window and stage, again only after a reset or a fall well below it.
public struct NoticeRule {
  /// A share that sways about a threshold is no news each time.
  static let fallPoints = 5.0
  /// The service counts down in whole seconds, and answers take their time.
  private static let jitterSeconds: Int64 = 15 * 60

  let thresholds: Thresholds

  public init(thresholds: Thresholds) {
    self.thresholds = thresholds
  }

  public func notices(of limits: [Limit], _ memory: inout NoticeMemory) -> [Notice] {
    let workIsStopped = limits.contains { $0.binds && $0.isFull }
    return limits.compactMap { limit in
      guard let used = limit.usedPercent else { return nil }
      // What is only there to go on with matters while it is gone on with.
      let counts = limit.binds || workIsStopped
      return notice(of: limit, used: counts ? used : 0, isQuiet: !counts, &memory)
    }
  }

  private func notice(
    of limit: Limit, used: Double, isQuiet: Bool, _ memory: inout NoticeMemory
  ) -> Notice? {
    let known = memory.entry(of: limit.id)
    let isSameWindow = known.map { Self.isSame($0.resetsAt, limit.resetsAt) } ?? true
    let said = known?.stage ?? .none
    let stage = stage(used, of: limit)
    let still = isSameWindow ? stays(said, used) : .none
    memory.note(.init(limit: limit.id, stage: max(stage, still), resetsAt: limit.resetsAt))
    if stage > (isSameWindow ? said : .none) { return Notice(limit: limit, event: .reached(stage)) }
    if said == .full && still < .full && !isQuiet { return Notice(limit: limit, event: .openAgain) }
    return nil
  }

  private func stage(_ used: Double, of limit: Limit) -> NoticeStage {
    if used >= 100 { return .full }
    guard limit.binds else { return .none }
    return used >= thresholds.critical ? .critical : used >= thresholds.warning ? .warning : .none
  }

  /// The highest stage, up to the one that was said, that the share has not fallen well below.
  private func stays(_ said: NoticeStage, _ used: Double) -> NoticeStage {
    let stages: [(NoticeStage, Double)] = [
      (.full, 100), (.critical, thresholds.critical), (.warning, thresholds.warning),
    ]
    return stages.first { $0.0 <= said && used > $0.1 - Self.fallPoints }?.0 ?? .none
  }

  private static func isSame(_ one: Moment?, _ other: Moment?) -> Bool {
    guard let one, let other else { return one == other }
    return abs(one.seconds(since: other)) <= jitterSeconds
  }
}
