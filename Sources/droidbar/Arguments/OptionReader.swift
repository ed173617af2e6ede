import BarOutput

/// Takes options and words apart.
struct OptionReader {
  private var arguments: ArraySlice<String>
  private let command: String
  private var words: ArraySlice<String> = []
  private(set) var options = GivenOptions()
  private(set) var wantsHelp = false
  private(set) var isForced = false
  private(set) var setupTask = SetupCommand.Task.add
  private(set) var minRemaining: Double?

  init(_ arguments: [String], command: String) {
    self.arguments = arguments[...]
    self.command = command
  }

  private var isReading: Bool { Host(rawValue: command) != nil }

  mutating func read() throws(SettingFailure) {
    while let argument = arguments.popFirst() {
      if argument == "-h" || argument == "--help" {
        wantsHelp = true
      } else if argument.hasPrefix("-") && argument != "-" {
        try readOption(argument)
      } else {
        words.append(argument)
      }
    }
  }

  mutating func nextWord() -> String? {
    words.popFirst()
  }

  func endOfWords() throws(SettingFailure) {
    if let word = words.first, !wantsHelp { throw .unexpectedWord(word) }
  }

  private mutating func readOption(_ argument: String) throws(SettingFailure) {
    let equals = argument.utf8.firstIndex(of: UInt8(ascii: "="))
    let name = equals.map { String(argument[..<$0]) } ?? argument
    let attached = equals.map { String(argument[argument.utf8.index(after: $0)...]) }
    switch name {
    // Its value is attached or left out.
    case "--demo":
      options.values.append(.init(key: .demo, value: attached ?? DemoState.ok.rawValue))
    case "--config": options.configFile = try value(of: name, attached)
    case "--watch" where isReading: options.isWatching = try flag(name, attached)
    case "--signal" where isReading:
      let text = try value(of: name, attached)
      guard let offset = Int(text), (1...30).contains(offset) else {
        throw .badValue(.option("signal"), value: text, expected: "a number from 1 to 30")
      }
      options.signalOffset = offset
    case "--output" where command == Host.prometheus.rawValue:
      options.outputFile = try value(of: name, attached)
    case "--force" where command == Command.Name.refresh.rawValue:
      isForced = try flag(name, attached)
    case "--dry-run" where command == Command.Name.setup.rawValue:
      if try flag(name, attached) { setupTask = .show }
    case "--remove" where command == Command.Name.setup.rawValue:
      if try flag(name, attached) { setupTask = .remove }
    case "--json" where command == Command.Name.doctor.rawValue:
      options.isJSON = try flag(name, attached)
    case "--min-remaining" where command == Command.Name.guard.rawValue:
      let text = try value(of: name, attached)
      guard let percent = SettingValue.percent(text) else {
        throw .badValue(
          .option("min-remaining"), value: text, expected: "a percentage from 0 to 100")
      }
      minRemaining = percent
    default: try readSetting(name, attached)
    }
  }

  private mutating func readSetting(_ name: String, _ attached: String?) throws(SettingFailure) {
    if ["--force", "--min-remaining", "--watch", "--signal", "--output"].contains(name) {
      throw .notForCommand(option: name, command: command)
    }
    guard name.hasPrefix("--"), let key = SettingKey(rawValue: String(name.dropFirst(2))) else {
      let known =
        SettingKey.allCases.map { "--\($0.rawValue)" } + [
          "--config", "--help", "--watch", "--signal", "--force",
        ]
      throw .unknownOption(name, closest: Spelling.closest(to: name, among: known))
    }
    if key == .json && command != Host.i3blocks.rawValue {
      throw .notForCommand(option: name, command: command)
    }
    if key.isFlag {
      _ = try flag(name, attached)
      options.values.append(.init(key: key, value: "yes"))
    } else {
      options.values.append(.init(key: key, value: try value(of: name, attached)))
    }
  }

  private mutating func value(of name: String, _ attached: String?) throws(SettingFailure) -> String
  {
    guard let value = attached ?? arguments.popFirst() else { throw .missingValue(option: name) }
    return value
  }

  private func flag(_ name: String, _ attached: String?) throws(SettingFailure) -> Bool {
    guard attached == nil else { throw .unwantedValue(option: name) }
    return true
  }
}
