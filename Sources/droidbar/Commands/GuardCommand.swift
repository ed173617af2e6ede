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
    guard let headline = readout.facts.headline, readout.facts.figures != nil,
      let used = headline.usedPercent
    else {
      return .failure(
        readout.facts.sentence ?? "This account has no percentage.", status: Self.notKnown)
    }
    let remaining = max(0, 100 - used)
    let enough = remaining >= minRemaining
    return Outcome(
      output: "\(headline.id): \(max(0, 100 - Words.wholePercent(used)))% remains\n",
      status: enough ? 0 : Self.tooLittle)
  }
}
