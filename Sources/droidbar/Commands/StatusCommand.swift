import BarOutput
import CLibraries
import UsageCore

/// `droidbar status`: the usage in the terminal.
struct StatusCommand {
  /// The default of `--wait` in a terminal.
  static let waitSeconds: Int64 = 15

  let invocation: Invocation

  private var context: Context { invocation.context }

  func run(showsHistory: Bool) throws(ConfigurationError) -> Outcome {
    let width = context.terminalWidth()
    let progress = Progress(
      isShown: width != nil && context.standardErrorIsTerminal(), isUTF8: context.isUTF8)
    let reading = try invocation.read(onWait: progress.show)
    progress.clear()
    var presentation = invocation.settings.presentation
    presentation.barWidth = presentation.barWidth ?? width.map { $0 >= 80 ? 20 : $0 >= 60 ? 10 : 5 }
    presentation.barStyle = context.isUTF8 ? .blocks : .ascii
    let readout = Readout(reading, presentation)
    let lines = showsHistory ? history(readout, presentation, width) : readout.tooltip
    let text = TerminalText.render(lines, width: width, isColored: context.isColored)
    return Outcome(output: context.isUTF8 ? text : Format.ascii(text))
  }

  private func history(_ readout: Readout, _ presentation: Presentation, _ width: Int?)
    -> [StyledLine]
  {
    guard let data = readout.facts.data else { return readout.tooltip }
    let stepsPerDay = width.map { $0 < 60 ? 3 : 6 } ?? 6
    let chart: UsageChart
    if invocation.settings.demo != nil {
      chart = .demo(stepsPerDay: stepsPerDay)
    } else if let places = context.places,
      let account = SnapshotFile.load(places.snapshotFile)?.account
    {
      chart = UsageChart(
        places: places, account: account, data: data, stepsPerDay: stepsPerDay,
        now: context.clock())
    } else {
      return readout.tooltip
    }
    return HistoryChart(chart, facts: readout.facts, presentation: presentation).lines
  }
}

/// A progress indicator on standard error.
private struct Progress {
  private static let frameMilliseconds = 100

  let isShown: Bool
  let isUTF8: Bool

  func show(waitedMilliseconds: Int) {
    guard isShown, waitedMilliseconds >= 2 * Self.frameMilliseconds else { return }
    let frames =
      isUTF8
      ? ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] : ["-", "\\", "|", "/"]
    let frame = frames[waitedMilliseconds / Self.frameMilliseconds % frames.count]
    _ = StandardOutput.write("\r\(frame) refreshing", to: STDERR_FILENO)
  }

  func clear() {
    if isShown { _ = StandardOutput.write("\r\u{1b}[K", to: STDERR_FILENO) }
  }
}
