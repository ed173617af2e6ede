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
        command = parser.wantsHelp ? .help(topic: first) : .reading(host)
      } else if let name = Command.Name(rawValue: first) {
        try parser.parse()
        command = parser.wantsHelp ? .help(topic: first) : try Self.command(name, &parser)
      } else if first.hasPrefix("-") {
        throw .unknown("option", first, known: ["--help", "--version"])
      } else {
        throw .unknown("command", first, known: Host.names + Command.Name.names)
      }
      try parser.checkNoArgumentsLeft()
      options = parser.options
    }
  }

  private static func command(_ name: Command.Name, _ parser: inout OptionParser)
    throws(ConfigurationError) -> Command
  {
    switch name {
    case .refresh: return .refresh(isForced: parser.isForced)
    case .status: return .status(showsHistory: parser.showsHistory)
    case .doctor: return .doctor
    case .open: return .open
    case .guard:
      guard let minRemaining = parser.minRemaining else {
        throw .missingArgument("--min-remaining PERCENT")
      }
      return .guard(minRemaining: minRemaining, allowsUnknown: parser.allowsUnknown)
    case .snippet: return .snippet(try host(&parser))
    case .setup: return .setup(try host(&parser), parser.setup)
    case .completions:
      guard let name = parser.nextArgument() else { throw .missingArgument("bash, zsh or fish") }
      guard let shell = Shell(rawValue: name) else {
        throw .invalidArgument(name, expected: "bash, zsh or fish")
      }
      return .completions(shell)
    case .help: return .help(topic: parser.nextArgument())
    }
  }

  private static func host(_ parser: inout OptionParser) throws(ConfigurationError) -> Host {
    guard let name = parser.nextArgument() else { throw .missingArgument("HOST") }
    guard let host = Host(rawValue: name) else {
      throw .unknown("host", name, known: Host.names)
    }
    return host
  }
}
