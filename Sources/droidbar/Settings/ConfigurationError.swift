import BarOutput
import UsageCore

/// An error in the arguments, the environment or the configuration file. All messages are defined here.
enum ConfigurationError: Error, Equatable {
  /// Where a value comes from.
  enum Source: Equatable {
    case option(String)
    case variable(String)
    case file(String, line: Int, key: String)

    var text: String {
      switch self {
      case .option(let name): "Option '--\(name)'"
      case .variable(let name): name
      case .file(let path, let line, let key): "\(path):\(line): '\(key)'"
      }
    }
  }

  case missingCommand
  case unknown(_ what: String, String, known: [String])
  case wrongCommand(option: String, command: String)
  case unexpectedArgument(String)
  case invalidArgument(String, expected: String)
  case missingValue(option: String)
  case missingArgument(String)
  case unwantedValue(option: String)
  case invalidValue(Source, value: String, expected: String)
  case invalidTemplate(Source, sentence: String)
  case onlyOnCommandLine(Source)
  case contradiction(String)
  case unknownAccount(String, known: [String])
  case unknownKey(path: String, line: Int, key: String)
  case accountKey(path: String, line: Int, key: String)
  case unknownSection(path: String, line: Int, name: String)
  case notALine(path: String, line: Int)
  case unreadableFile(sentence: String)
  case environment(sentence: String)

  var sentence: String {
    body + (body.hasSuffix("?") ? "" : ".") + " Try 'droidbar --help'."
  }

  private var body: String {
    switch self {
    case .missingCommand: "Missing command"
    case .unknown(let what, let name, let known): "Unknown \(what) '\(name)'" + hint(name, known)
    case .wrongCommand(let option, let command): "Option '\(option)' is not valid for '\(command)'"
    case .unexpectedArgument(let argument): "Unexpected argument '\(argument)'"
    case .invalidArgument(let argument, let expected):
      "The argument must be \(expected), not '\(argument)'"
    case .missingValue(let option): "Option '\(option)' requires a value"
    case .missingArgument(let what): "Missing argument: \(what)"
    case .unwantedValue(let option): "Option '\(option)' takes no value"
    case .invalidValue(let source, let value, let expected):
      "\(source.text) must be \(expected), not '\(value)'"
    case .invalidTemplate(let source, let sentence): "\(source.text): \(sentence)"
    case .onlyOnCommandLine(let source):
      "\(source.text) can only be given as an option on the command line"
    case .contradiction(let sentence): sentence
    case .unknownAccount(let name, let known):
      "The configuration file has no section [account \(name)]"
        + (known.isEmpty ? "" : "; it has \(known.joined(separator: ", "))")
    case .unknownKey(let path, let line, let key):
      "\(path):\(line): unknown key '\(key)'" + hint(key, Setting.names)
    case .accountKey(let path, let line, let key):
      "\(path):\(line): an account section can only set 'home', not '\(key)'"
    case .unknownSection(let path, let line, let name):
      "\(path):\(line): unknown section '[\(name)]'" + hint(name, Host.names)
    case .notALine(let path, let line):
      "\(path):\(line): expected 'key = value', '[HOST]' or '[account NAME]'"
    case .unreadableFile(let sentence): sentence.firstUppercased
    case .environment(let sentence): sentence
    }
  }

  private func hint(_ name: String, _ known: [String]) -> String {
    Suggestion.closest(to: name, among: known).map { ". Did you mean '\($0)'?" } ?? ""
  }
}

/// Finds the known name that a misspelled one probably means.
enum Suggestion {
  static func closest(to name: String, among known: [String]) -> String? {
    let candidates = known.map { (name: $0, distance: distance(name, $0)) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, min(name.count, best.name.count) / 3)
    else { return nil }
    return best.name
  }

  /// https://en.wikipedia.org/wiki/Levenshtein_distance
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.prefix(40)), Array(right.prefix(40)))
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let changed = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
