import BarOutput
import UsageCore

/// `--help` and `help COMMAND`, from the same table as the completions.
enum HelpCommand {
  /// The usage lines alone.
  static var usage: String {
    "Usage:\n" + commandLines + "Try 'droidbar --help'.\n"
  }

  static func run(topic: String?, _ context: Context) throws(ConfigurationError) -> Outcome {
    guard let topic else { return Outcome(output: overview) }
    if topic == "formats" { return Outcome(output: formats(context)) }
    if let host = Host(rawValue: topic) { return Outcome(output: reading(host)) }
    if let name = Command.Name(rawValue: topic) { return Outcome(output: command(name)) }
    throw .unknown("command", topic, known: Command.Name.help.argumentValues)
  }

  private static var overview: String {
    """
    droidbar shows how much of your Factory (Droid) plan is used, in your status bar.

    Usage:
    \(commandLines)  HOST is one of \(Host.names.joined(separator: ", ")).

    \(options(OptionInfo.ofReading, "Options for HOST"))
    Most options can also be set as DROIDBAR_<OPTION> in the environment or as 'option = value' in
    the configuration file. A DURATION is 90, 90s, 2m, 1h or 7d.

    A reading always exits 0 and shows any problem in the bar (i3blocks: 33 for urgent). Other
    commands exit 64 on invalid arguments. Example: droidbar waybar --demo=warning

    """
  }

  private static var commandLines: String {
    let lines =
      [("droidbar HOST [OPTIONS]", "print the current usage for that host")]
      + Command.Name.allCases.map { ($0.usage, $0.summary) }
    return lines.map { column("  " + $0.0, 42) + $0.1 + "\n" }.joined()
  }

  private static func reading(_ host: Host) -> String {
    """
    Usage: droidbar \(host.rawValue) [OPTIONS]

    Prints the current usage for \(host.rawValue). \(host == .i3blocks ? "Exits 33 when the block is urgent, otherwise 0." : "Always exits 0.")

    \(options(OptionInfo.of(host), "Options"))
    Example: droidbar \(host.rawValue) --demo=critical

    """
  }

  private static func command(_ name: Command.Name) -> String {
    var sections = ["Usage: \(name.usage)", name.summary.firstUppercased + "."]
    if !name.options.isEmpty { sections.append(options(name.options, "Options")) }
    if !name.exitStatuses.isEmpty {
      let lines = name.exitStatuses.map { "  \(padded("\($0.status)", 4))\($0.meaning)\n" }
      sections.append("Exit status:\n" + lines.joined())
    }
    sections.append("Examples:\n" + name.examples.map { "  \($0)\n" }.joined())
    return sections.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }

  private static func options(_ options: [OptionInfo], _ title: String) -> String {
    "\(title):\n" + options.map(line).joined()
  }

  /// The option, and its summary wrapped at 95 columns.
  private static func line(_ option: OptionInfo) -> String {
    let indent = 31
    var summary = option.summary
    if case .choice(let values, let placeholder, _) = option.value,
      placeholder != values.joined(separator: "|")
    {
      summary += ": " + values.joined(separator: ", ")
    }
    if let value = option.defaultValue { summary += " (default \(value))" }
    var lines = [""]
    for word in summary.split(separator: " ") {
      let line = lines[lines.count - 1]
      if !line.isEmpty && indent + line.count + 1 + word.count > 95 {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = line.isEmpty ? String(word) : line + " " + word
      }
    }
    return column("  " + option.usage, indent)
      + lines.joined(separator: "\n" + padded("", indent)) + "\n"
  }

  /// The text in a column of `width`, or on a line of its own if it is longer.
  private static func column(_ text: String, _ width: Int) -> String {
    text.count < width ? padded(text, width) : text + "\n" + padded("", width)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// Templates to copy, and their output for the sample account.
  static let exampleFormats = [
    "{percent}",
    "{window} {percent}{countdown? in {countdown}{/}",
    "{window} {remaining} left",
    "{bar} {percent}",
    "5h {5h.percent} week {week.percent}",
    "{window} {percent}{pace? ({pace}){/}",
    "{window} {percent}{eta? runs out {eta}{/}",
    "{used}{allowance?/{allowance}{/}",
    "{plan}: {percent}{problem? !{/}",
  ]

  private static func formats(_ context: Context) -> String {
    let width = exampleFormats.reduce(0) { max($0, $1.count) } + 2
    let examples = exampleFormats.map { format in
      // Only token plans have allowances.
      let state = format.hasOccurrence(of: "{allowance") ? DemoState.tokens : DemoState.warning
      var presentation = Presentation(clock: context.clockFormat(nil))
      presentation.hasTooltip = false
      presentation.format = try? Template(format)
      let text = Readout(state.reading(now: context.clock()), presentation).text
      return "  \(padded(format, width))\(text)\n"
    }
    return """
      Templates for --format, --short-format and --tooltip-format:

        {NAME}             inserts a value
        {WINDOW.NAME}      inserts a value of one window, as in {week.percent}
        {NAME?…}…{/}       is shown only if the value exists
        {{                 inserts a literal {

      NAME is one of \(Template.names.joined(separator: ", ")).
      WINDOW is one of \(Template.windows.joined(separator: ", ")).

      Examples, with their output for the sample account:
      \(examples.joined())
      In hosts that support Pango markup, templates can contain it. Invalid markup is escaped.

      """
  }
}
