import BarOutput
import CLibraries
import UsageCore

/// `droidbar status`: the whole reading for a person at a terminal.
struct StatusCommand {
  /// How long a person waits, at most, unless told otherwise.
  static let waitSeconds: Int64 = 15

  let world: World
  let settings: Settings
  let options: GivenOptions

  func run() throws(SettingFailure) -> Outcome {
    let width = world.terminalWidth()
    let progress = Progress(isShown: width != nil && world.errorsAreATerminal())
    let reading = try ReadingSource(world: world, settings: settings, options: options)
      .reading(onWait: progress.show)
    progress.clear()
    var presentation = settings.presentation
    presentation.barWidth = presentation.barWidth ?? Self.barWidth(in: width)
    let readout = Readout(reading, presentation)
    return Outcome(
      output: TerminalText.spelled(
        readout.tooltip, width: width, isColored: world.isColored))
  }

  private static func barWidth(in columns: Int?) -> Int? {
    columns.map { $0 >= 80 ? 20 : $0 >= 60 ? 10 : 5 }
  }
}

/// A sign of life on standard error while the service is asked.
private struct Progress {
  private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
  private static let frameMilliseconds = 100

  let isShown: Bool

  func show(waitedMilliseconds: Int) {
    // What is there at once needs no announcement.
    guard isShown, waitedMilliseconds >= 2 * Self.frameMilliseconds else { return }
    let frame = Self.frames[waitedMilliseconds / Self.frameMilliseconds % Self.frames.count]
    _ = StandardOutput.write("\r\(frame) asking the service …", to: STDERR_FILENO)
  }

  func clear() {
    if isShown { _ = StandardOutput.write("\r\u{1b}[K", to: STDERR_FILENO) }
  }
}
