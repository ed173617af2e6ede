import BarOutput

/// Separates options from other arguments.
struct OptionParser {
  private var rest: ArraySlice<String>
  private let command: String
  private var arguments: ArraySlice<String> = []
  private(set) var options = ParsedOptions()
  private(set) var wantsHelp = false
  private(set) var isForced = false
  private(set) var showsHistory = false
  private(set) var allowsUnknown = false
  private(set) var setup = SetupOptions()
  private(set) var minRemaining: Double?

  init(_ arguments: [String], command: String) {
    rest = arguments[...]
    self.command = command
  }

  private var isReading: Bool { Host(rawValue: command) != nil }
  private var ownOptions: [String] { Host(rawValue: command)?.format.ownOptions ?? [] }

  private func isCommand(_ name: Command.Name) -> Bool { command == name.rawValue }

  mutating func parse() throws(ConfigurationError) {
    while let argument = rest.popFirst() {
      if argument == "-h" || argument == "--help" {
        wantsHelp = true
      } else if argument.hasPrefix("-") && argument != "-" {
        try parseOption(argument)
      } else {
        arguments.append(argument)
      }
    }
    if options.signalOffset != nil && !options.isWatching {
      throw .contradiction("Option '--signal' requires '--watch'")
    }
    if options.outputFile != nil && options.isWatching {
      throw .contradiction("Option '--output' cannot be used with '--watch'")
    }
  }

  mutating func nextArgument() -> String? {
    arguments.popFirst()
  }

  func checkNoArgumentsLeft() throws(ConfigurationError) {
    if let argument = arguments.first, !wantsHelp { throw .unexpectedArgument(argument) }
  }

  private mutating func parseOption(_ argument: String) throws(ConfigurationError) {
    let equals = argument.firstIndex(of: "=")
    let name = equals.map { String(argument[..<$0]) } ?? argument
    let attached = equals.map { String(argument[argument.index(after: $0)...]) }
    switch name {
    // The value is optional, so it must be attached.
    case "--demo" where !isReading && !isCommand(.status) && !isCommand(.guard):
      throw .wrongCommand(option: name, command: command)
    case "--demo":
      options.values.append(.init(setting: .demo, value: attached ?? DemoState.ok.rawValue))
    case "--config": options.configFile = try value(of: name, attached)
    case "--watch" where isReading:
      try checkFlag(name, attached)
      options.isWatching = true
    case "--signal" where isReading:
      let text = try value(of: name, attached)
      guard let offset = Int(text), (1...30).contains(offset) else {
        throw .invalidValue(.option("signal"), value: text, expected: "a number from 1 to 30")
      }
      options.signalOffset = offset
    case "--output" where ownOptions.contains(name):
      options.outputFile = try value(of: name, attached)
    case "--force" where isCommand(.refresh):
      try checkFlag(name, attached)
      isForced = true
    case "--history" where isCommand(.status):
      try checkFlag(name, attached)
      showsHistory = true
    case "--unknown-ok" where isCommand(.guard):
      try checkFlag(name, attached)
      allowsUnknown = true
    case "--dry-run" where isCommand(.setup):
      try checkFlag(name, attached)
      setup.isDryRun = true
    case "--remove" where isCommand(.setup):
      try checkFlag(name, attached)
      setup.task = .remove
    case "--bar" where isCommand(.setup): setup.bar = try value(of: name, attached)
    case "--file" where isCommand(.setup): setup.file = try value(of: name, attached)
    case "--json" where isCommand(.doctor):
      try checkFlag(name, attached)
      options.isJSON = true
    case "--min-remaining" where isCommand(.guard):
      let text = try value(of: name, attached)
      guard let percent = SettingValue.percent(text) else {
        throw .invalidValue(
          .option("min-remaining"), value: text, expected: "a percentage from 0 to 100")
      }
      minRemaining = percent
    default: try parseSetting(name, attached)
    }
  }

  private mutating func parseSetting(_ name: String, _ attached: String?)
    throws(ConfigurationError)
  {
    let others = [
      "--watch", "--signal", "--output", "--force", "--dry-run", "--remove", "--bar", "--file",
      "--min-remaining", "--history", "--unknown-ok",
    ]
    if others.contains(name) { throw .wrongCommand(option: name, command: command) }
    guard name.hasPrefix("--"), let setting = Setting.named(String(name.dropFirst(2))) else {
      let known = Setting.allCases.map { "--\($0.rawValue)" } + others + ["--config", "--help"]
      throw .unknownOption(name, closest: Suggestion.closest(to: name, among: known))
    }
    if setting == .json && !ownOptions.contains(name) {
      throw .wrongCommand(option: name, command: command)
    }
    if setting.isFlag { try checkFlag(name, attached) }
    let value = setting.isFlag ? "yes" : try value(of: name, attached)
    options.values.append(.init(setting: setting, value: value))
  }

  private mutating func value(of name: String, _ attached: String?) throws(ConfigurationError)
    -> String
  {
    guard let value = attached ?? rest.popFirst() else { throw .missingValue(option: name) }
    return value
  }

  private func checkFlag(_ name: String, _ attached: String?) throws(ConfigurationError) {
    guard attached == nil else { throw .unwantedValue(option: name) }
  }
}
