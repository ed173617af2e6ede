import BarOutput
import UsageCore

/// `droidbar guard`: whether enough quota remains, for scripts.
struct GuardCommand {
  static let tooLittleStatus: Int32 = 1
  static let unknownStatus: Int32 = 2

  let invocation: Invocation

  func run(minRemaining: Double, allowsUnknown: Bool) throws(ConfigurationError) -> Outcome {
    let facts = Readout(try invocation.read(), invocation.settings.presentation).facts
    if facts.data != nil, facts.limits.contains(where: { $0.allowance == .unlimited }) {
      return Outcome(output: "unlimited\n")
    }
    guard facts.data != nil, let limit = limit(facts), let used = limit.usedPercent else {
      return .failure(
        facts.sentence ?? "This account has no limit with a percentage.",
        // A window that the account does not have stays unknown forever.
        status: allowsUnknown && facts.problem?.kind != .config ? 0 : Self.unknownStatus)
    }
    let isEnough = max(0, 100 - used) >= minRemaining
    let share = "\(limit.id): \(max(0, 100 - Format.wholePercent(used)))% remaining"
    let age = facts.isStale ? facts.age.map { " (\($0))" } ?? "" : ""
    return Outcome(output: share + age + "\n", status: isEnough ? 0 : Self.tooLittleStatus)
  }

  /// Without `--window`, the limit with the least remaining, which is not always the one that bars show.
  private func limit(_ facts: Readout.Facts) -> Limit? {
    guard invocation.settings.presentation.window == Presentation.automaticWindow else {
      return facts.headline
    }
    return facts.limits.filter { $0.binds && $0.usedPercent != nil }
      .max { ($0.usedPercent ?? 0) < ($1.usedPercent ?? 0) } ?? facts.headline
  }
}
