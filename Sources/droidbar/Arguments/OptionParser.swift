import BarOutput

/// Separates options from other arguments.
struct OptionParser {
  private var rest: ArraySlice<String>
  private let command: String
  private var arguments: ArraySlice<String> = []
  /// The option that is being parsed.
  private var name = ""
  /// What follows its equals sign.
  private var attached: String?
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
    name = equals.map { String(argument[..<$0]) } ?? argument
    attached = equals.map { String(argument[argument.index(after: $0)...]) }
    switch name {
    // The value is optional, so it must be attached.
    case "--demo" where !isReading && !isCommand(.status) && !isCommand(.guard):
      throw .wrongCommand(option: name, command: command)
    case "--demo":
      options.values.append(.init(setting: .demo, value: attached ?? DemoState.ok.rawValue))
    case "--config": options.configFile = try value()
    case "--watch" where isReading: options.isWatching = try flag()
    case "--signal" where isReading:
      let text = try value()
      guard let offset = Int(text), (1...30).contains(offset) else {
        throw .invalidValue(.option("signal"), value: text, expected: "a number from 1 to 30")
      }
      options.signalOffset = offset
    case "--output" where ownOptions.contains(name): options.outputFile = try value()
    case "--force" where isCommand(.refresh): isForced = try flag()
    case "--history" where isCommand(.status): showsHistory = try flag()
    case "--unknown-ok" where isCommand(.guard): allowsUnknown = try flag()
    case "--dry-run" where isCommand(.setup): setup.isDryRun = try flag()
    case "--remove" where isCommand(.setup):
      try flag()
      setup.task = .remove
    case "--bar" where isCommand(.setup): setup.bar = try value()
    case "--file" where isCommand(.setup): setup.file = try value()
    case "--json" where isCommand(.doctor): options.isJSON = try flag()
    case "--min-remaining" where isCommand(.guard):
      let text = try value()
      guard let percent = SettingValue.percent(text) else {
        throw .invalidValue(
          .option("min-remaining"), value: text, expected: "a percentage from 0 to 100")
      }
      minRemaining = percent
    default: try parseSetting()
    }
  }

  private mutating func parseSetting() throws(ConfigurationError) {
    guard name.hasPrefix("--"), let setting = Setting.named(String(name.dropFirst(2))) else {
      let known = OptionInfo.all.map { $0.name }
      if known.contains(name) { throw .wrongCommand(option: name, command: command) }
      throw .unknown("option", name, known: known + ["--help"])
    }
    if setting == .json && !ownOptions.contains(name) {
      throw .wrongCommand(option: name, command: command)
    }
    if setting.isFlag { try flag() }
    let value = setting.isFlag ? "yes" : try value()
    options.values.append(.init(setting: setting, value: value))
  }

  private mutating func value() throws(ConfigurationError) -> String {
    guard let value = attached ?? rest.popFirst() else { throw .missingValue(option: name) }
    return value
  }

  /// True for an option without a value.
  @discardableResult
  private func flag() throws(ConfigurationError) -> Bool {
    guard attached == nil else { throw .unwantedValue(option: name) }
    return true
  }
}
