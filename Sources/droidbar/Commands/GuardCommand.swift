import BarOutput
import UsageCore

/// `droidbar guard`: whether enough remains, for scripts.
struct GuardCommand {
  static let tooLittle: Int32 = 1
  static let notKnown: Int32 = 2

  let world: World
  let settings: Settings
  let options: GivenOptions

  func run(minRemaining: Double) throws(SettingFailure) -> Outcome {
    let reading = try ReadingSource(world: world, settings: settings, options: options).reading()
    let readout = Readout(reading, settings.presentation)
    guard readout.facts.figures != nil, let limit = limit(readout.facts),
      let used = limit.usedPercent
    else {
      return .failure(
        readout.facts.sentence ?? "This account has no percentage.", status: Self.notKnown)
    }
    let remaining = max(0, 100 - used)
    let enough = remaining >= minRemaining
    let share = "\(limit.id): \(max(0, 100 - Words.wholePercent(used)))% remains"
    let age = readout.facts.isStale ? readout.facts.ageWords.map { " (\($0))" } ?? "" : ""
    return Outcome(output: share + age + "\n", status: enough ? 0 : Self.tooLittle)
  }

  /// Where nothing else was asked for, the one with the least left: it need not be the one that a bar shows, which may
  /// have much left and little time.
  private func limit(_ facts: Readout.Facts) -> Limit? {
    guard settings.presentation.window == Presentation.automaticWindow else {
      return facts.headline
    }
    var least: Limit?
    for limit in facts.limits where limit.binds {
      guard let used = limit.usedPercent else { continue }
      if used > least?.usedPercent ?? -1 { least = limit }
    }
    return least ?? facts.headline
  }
}
