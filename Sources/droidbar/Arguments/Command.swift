import BarOutput

/// What the program is to do.
enum Command: Equatable {
  case reading(Host)
  case refresh(isForced: Bool)
  case status(showsHistory: Bool)
  case doctor
  case `guard`(minRemaining: Double, allowsUnknown: Bool)
  case snippet(Host)
  case setup(Host, SetupOptions)
  case open
  case completions(Shell)
  case help(topic: String?)
  case version

  /// The commands besides the hosts.
  enum Name: String, CaseIterable {
    case refresh, status, doctor, `guard`, snippet, setup, open, completions, help
  }
}

enum Shell: String, CaseIterable {
  case bash
  case zsh
  case fish
}

enum SetupTask: Equatable {
  case add
  case remove
}

struct SetupOptions: Equatable {
  /// Those whose configuration can be changed.
  static let hosts: [Host] = [.waybar, .i3blocks, .polybar, .i3bar, .tmux, .droid]

  var task = SetupTask.add
  /// Only show what would change.
  var isDryRun = false
  var bar: String?
  var file: String?
}

struct ParsedCommandLine {
  let command: Command
  let options: ParsedOptions

  init(_ arguments: [String]) throws(ConfigurationError) {
    guard let first = arguments.first else { throw .missingCommand }
    switch first {
    case "--version", "-V": (command, options) = (.version, ParsedOptions())
    case "--help", "-h": (command, options) = (.help(topic: nil), ParsedOptions())
    default:
      var parser = OptionParser(Array(arguments.dropFirst()), command: first)
      if let host = Host(rawValue: first) {
        try parser.parse()
        try parser.checkNoArgumentsLeft()
        command = parser.wantsHelp ? .help(topic: first) : .reading(host)
      } else if let name = Command.Name(rawValue: first) {
        try parser.parse()
        command = parser.wantsHelp ? .help(topic: first) : try Self.command(name, &parser)
      } else if first.hasPrefix("-") {
        throw .unknown("option", first, known: ["--help", "--version"])
      } else {
        throw .unknown("command", first, known: Host.names + Command.Name.names)
      }
      options = parser.options
    }
  }

  private static func command(_ name: Command.Name, _ parser: inout OptionParser)
    throws(ConfigurationError) -> Command
  {
    let command: Command
    switch name {
    case .refresh: command = .refresh(isForced: parser.isForced)
    case .status: command = .status(showsHistory: parser.showsHistory)
    case .doctor: command = .doctor
    case .open: command = .open
    case .guard:
      guard let minRemaining = parser.minRemaining else {
        throw .missingArgument("--min-remaining PERCENT")
      }
      command = .guard(minRemaining: minRemaining, allowsUnknown: parser.allowsUnknown)
    case .snippet: command = .snippet(try host(&parser))
    case .setup: command = .setup(try host(&parser), parser.setup)
    case .completions:
      guard let name = parser.nextArgument() else { throw .missingArgument("bash, zsh or fish") }
      guard let shell = Shell(rawValue: name) else {
        throw .invalidArgument(name, expected: "bash, zsh or fish")
      }
      command = .completions(shell)
    case .help: command = .help(topic: parser.nextArgument())
    }
    try parser.checkNoArgumentsLeft()
    return command
  }

  private static func host(_ parser: inout OptionParser) throws(ConfigurationError) -> Host {
    guard let name = parser.nextArgument() else { throw .missingArgument("HOST") }
    guard let host = Host(rawValue: name) else {
      throw .unknown("host", name, known: Host.names)
    }
    return host
  }
}
