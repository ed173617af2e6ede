import BarOutput
import CLibraries
import UsageCore

/// A run: parse the arguments, load the settings, execute the command.
struct Program {
  let context: Context

  func run(_ arguments: [String]) -> Outcome {
    var options = ParsedOptions(invalid: arguments)
    do throws(ConfigurationError) {
      let commandLine = try ParsedCommandLine(arguments)
      options = commandLine.options
      return try run(commandLine)
    } catch {
      if case .missingCommand = error {
        return Outcome(errors: HelpCommand.usage, status: Outcome.usageStatus)
      }
      guard let host = arguments.first.flatMap({ Host(rawValue: $0) }) else {
        return .failure(error.sentence, status: Outcome.usageStatus)
      }
      return misconfigured(host, options, error)
    }
  }

  private func run(_ commandLine: ParsedCommandLine) throws(ConfigurationError) -> Outcome {
    let options = commandLine.options
    switch commandLine.command {
    case .version: return Outcome(output: "droidbar \(Product.version)\n")
    case .help(let topic): return try HelpCommand.run(topic: topic, context)
    case .snippet(let host): return Outcome(output: host.snippet)
    case .setup(let host, let options):
      return SetupCommand(
        environment: context.environment, now: context.clock(), host: host, options: options
      ).run()
    case .completions(let shell): return Outcome(output: Completions.text(shell))
    case .open: return OpenCommand.run(context)
    case .doctor: return DoctorCommand(context: context, options: options).run()
    case .reading(let host):
      if !options.isWatching { Deadline.set(host, options) }
      let invocation = try Invocation(context, options, host: host)
      return options.isWatching
        ? try WatchCommand(invocation: invocation, host: host).run()
        : try ReadingCommand(invocation: invocation, host: host).run()
    case .refresh(let isForced):
      return try RefreshCommand(invocation: Invocation(context, options)).run(isForced: isForced)
    case .status(let showsHistory):
      let invocation = try Invocation(
        context, options,
        waitSeconds: context.terminalWidth() == nil ? nil : StatusCommand.waitSeconds)
      return try StatusCommand(invocation: invocation).run(showsHistory: showsHistory)
    case .guard(let minRemaining, let allowsUnknown):
      return try GuardCommand(invocation: Invocation(context, options))
        .run(minRemaining: minRemaining, allowsUnknown: allowsUnknown)
    }
  }

  /// Bars get a reading that shows the error. A terminal also gets it on standard error.
  private func misconfigured(
    _ host: Host, _ options: ParsedOptions, _ error: ConfigurationError
  ) -> Outcome {
    var presentation = Presentation(clock: context.clockFormat(nil))
    presentation.hasTooltip = host.format.hasTooltip
    let reading = Reading(
      data: nil, problem: .config(reason: error.sentence), now: context.clock())
    let readout = Readout(reading, presentation)
    let style = SettingsLoader(context: context).style(options, host)
    let line =
      options.isWatching
      ? host.format.streamHeader + host.renderStreamed(readout, style)
      : host.render(readout, style)
    let errors = context.standardErrorIsTerminal() ? "droidbar: \(error.sentence)\n" : ""
    // i3bar replaces the line by an error of its own when its command exits.
    if options.isWatching, !host.format.streamHeader.isEmpty {
      _ = StandardOutput.write(errors, to: STDERR_FILENO)
      return WatchCommand.hold(line, host, context)
    }
    return Outcome(output: line, errors: errors)
  }
}
