import BarOutput

/// The arguments, understood. A host's own word is known even when the rest is wrong: its reading says what.
struct CommandLineWords {
  let command: Command
  let options: GivenOptions

  /// The host that was asked for, whatever else is wrong.
  static func host(in arguments: [String]) -> Host? {
    arguments.first.flatMap { Host(rawValue: $0) }
  }

  init(_ arguments: [String]) throws(SettingFailure) {
    guard let first = arguments.first else { throw .missingCommand }
    if first == "--version" || first == "--help" || first == "-h" || first == "-V" {
      command = first == "--version" || first == "-V" ? .version : .help(topic: nil)
      options = GivenOptions()
      return
    }
    var reader = OptionReader(Array(arguments.dropFirst()), command: first)
    if let host = Host(rawValue: first) {
      try reader.read()
      try reader.endOfWords()
      command = reader.wantsHelp ? .help(topic: first) : .reading(host)
    } else if let name = Command.Name(rawValue: first) {
      try reader.read()
      command = reader.wantsHelp ? .help(topic: first) : try Self.command(name, &reader)
    } else {
      let known = Host.allCases.map(\.rawValue) + Command.Name.allCases.map(\.rawValue)
      if first.hasPrefix("-") {
        throw .unknownOption(
          first, closest: Spelling.closest(to: first, among: ["--help", "--version"]))
      }
      throw .unknownCommand(first, closest: Spelling.closest(to: first, among: known))
    }
    options = reader.options
  }

  private static func command(_ name: Command.Name, _ reader: inout OptionReader)
    throws(SettingFailure) -> Command
  {
    let command: Command
    switch name {
    case .refresh: command = .refresh(isForced: reader.isForced)
    case .status: command = .status
    case .doctor: command = .doctor
    case .open: command = .open
    case .guard:
      guard let least = reader.minRemaining else {
        throw .missingWord(what: "--min-remaining PERCENT")
      }
      command = .guard(minRemaining: least)
    case .snippet: command = .snippet(try host(&reader))
    case .setup: command = .setup(try host(&reader), reader.setupTask)
    case .completions:
      guard let word = reader.nextWord() else { throw .missingWord(what: "bash, zsh or fish") }
      guard let shell = Shell(rawValue: word) else { throw .unexpectedWord(word) }
      command = .completions(shell)
    case .help:
      command = .help(topic: reader.nextWord())
    }
    try reader.endOfWords()
    return command
  }
}

extension CommandLineWords {
  private static func host(_ reader: inout OptionReader) throws(SettingFailure) -> Host {
    guard let word = reader.nextWord() else { throw .missingWord(what: "HOST") }
    guard let host = Host(rawValue: word) else {
      throw .unknownCommand(
        word, closest: Spelling.closest(to: word, among: Host.allCases.map(\.rawValue)))
    }
    return host
  }
}
