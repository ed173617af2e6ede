import BarOutput
import UsageCore

/// `droidbar status`: the whole reading for a person at a terminal.
struct StatusCommand {
  let world: World
  let settings: Settings
  let options: GivenOptions

  func run() throws(SettingFailure) -> Outcome {
    let reading = try ReadingSource(world: world, settings: settings, options: options).reading()
    let readout = Readout(reading, settings.presentation)
    return Outcome(output: readout.tooltip.joined(separator: "\n") + "\n")
  }
}
