import BarOutput

/// The configuration file: `key = value` lines, `#` comments, `[host]` sections.
struct ConfigFile {
  struct Entry: Equatable {
    /// The host's name; nil for the file's top.
    let section: String?
    let key: SettingKey
    let value: String
    let line: Int
  }

  let path: String
  let entries: [Entry]

  init(path: String, text: String) throws(SettingFailure) {
    self.path = path
    var entries: [Entry] = []
    var section: String?
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let line = Self.trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        let name = Self.trimmed(line.dropFirst().dropLast())
        guard Host(rawValue: name) != nil else {
          throw .unknownSection(
            path: path, line: number, name: name,
            closest: Spelling.closest(to: name, among: Host.allCases.map(\.rawValue)))
        }
        section = name
        continue
      }
      guard let equals = line.firstIndex(of: "=") else { throw .notALine(path: path, line: number) }
      let name = Self.trimmed(line[..<equals])
      guard let key = SettingKey(rawValue: name) else {
        throw .unknownKey(
          path: path, line: number, key: name,
          closest: Spelling.closest(to: name, among: SettingKey.allCases.map(\.rawValue)))
      }
      let value = Self.value(Self.trimmed(line[line.index(after: equals)...]))
      entries.append(Entry(section: section, key: key, value: value, line: number))
    }
    self.entries = entries
  }

  /// Quotes keep the spaces at a value's ends; without them a ` #` begins a comment.
  private static func value(_ text: String) -> String {
    if text.count >= 2, let quote = text.first, quote == "\"" || quote == "'" {
      let rest = text.dropFirst()
      if let end = rest.lastIndex(of: quote), trimmed(rest[rest.index(after: end)...]).isEmpty {
        return String(rest[..<end])
      }
    }
    var previous: Character = "x"
    var kept = ""
    for character in text {
      if character == "#", previous == " " || previous == "\t" { break }
      kept.append(character)
      previous = character
    }
    return trimmed(Substring(kept))
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
