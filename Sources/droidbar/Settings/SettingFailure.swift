/// What is wrong with the arguments, the environment or the configuration file. Worded here and nowhere else.
enum SettingFailure: Error, Equatable {
  /// Where a value came from.
  enum Source: Equatable {
    case option(String)
    case variable(String)
    case file(String, line: Int, key: String)

    var words: String {
      switch self {
      case .option(let name): "Option '--\(name)'"
      case .variable(let name): name
      case .file(let path, let line, let key): "\(path):\(line): '\(key)'"
      }
    }
  }

  case missingCommand
  case unknownCommand(String, closest: String?)
  case unknownOption(String, closest: String?)
  case notForCommand(option: String, command: String)
  case unexpectedWord(String)
  case missingValue(option: String)
  case missingWord(what: String)
  case unwantedValue(option: String)
  case badValue(Source, value: String, expected: String)
  case badTemplate(Source, sentence: String)
  case unknownKey(path: String, line: Int, key: String, closest: String?)
  case unknownSection(path: String, line: Int, name: String, closest: String?)
  case notALine(path: String, line: Int)
  case unreadableFile(sentence: String)
  case environment(sentence: String)

  var sentence: String {
    let body = body
    return body + (body.hasSuffix("?") ? "" : ".") + " Try 'droidbar --help'."
  }

  private var body: String {
    switch self {
    case .missingCommand: "Name a host or a command"
    case .unknownCommand(let word, let closest): "Unknown host or command '\(word)'" + hint(closest)
    case .unknownOption(let word, let closest): "Unknown option '\(word)'" + hint(closest)
    case .notForCommand(let option, let command): "Option '\(option)' is not for '\(command)'"
    case .unexpectedWord(let word): "Unexpected word '\(word)'"
    case .missingValue(let option): "Option '\(option)' needs a value"
    case .missingWord(let what): "Missing \(what)"
    case .unwantedValue(let option): "Option '\(option)' takes no value"
    case .badValue(let source, let value, let expected):
      "\(source.words) takes \(expected), not '\(value)'"
    case .badTemplate(let source, let sentence): "\(source.words): \(sentence)"
    case .unknownKey(let path, let line, let key, let closest):
      "\(path):\(line): unknown key '\(key)'" + hint(closest)
    case .unknownSection(let path, let line, let name, let closest):
      "\(path):\(line): unknown host '[\(name)]'" + hint(closest)
    case .notALine(let path, let line): "\(path):\(line): neither 'key = value' nor '[host]'"
    case .unreadableFile(let sentence): sentence.prefix(1).uppercased() + sentence.dropFirst()
    case .environment(let sentence): sentence
    }
  }

  private func hint(_ closest: String?) -> String {
    closest.map { ". Did you mean '\($0)'?" } ?? ""
  }
}

/// The known word that a mistyped one was probably meant to be.
enum Spelling {
  static func closest(to word: String, among known: [String]) -> String? {
    let best = known.map { (word: $0, distance: distance(word, $0)) }.min {
      $0.distance < $1.distance
    }
    guard let best, best.distance <= max(1, min(word.count, best.word.count) / 3) else {
      return nil
    }
    return best.word
  }

  /// Letters to insert, remove or change. https://en.wikipedia.org/wiki/Levenshtein_distance
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
