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
    var rest = text.utf8[...]
    while !rest.isEmpty {
      number += 1
      let line = Self.trimmed(rest.prefix { !Self.isLineEnd($0) })
      rest = Self.behindLine(rest)
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      if line.first == UInt8(ascii: "["), line.last == UInt8(ascii: "]") {
        section = try Self.section(line, path, number)
        continue
      }
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
        throw .notALine(path: path, line: number)
      }
      let key = try Self.key(Self.trimmed(line[..<equals]), path, number)
      let value = Self.value(Self.trimmed(line[line.index(after: equals)...]))
      entries.append(Entry(section: section, key: key, value: value, line: number))
    }
    self.entries = entries
  }

  // By bytes throughout: a person's comments should not cost a bar anything.
  private typealias Bytes = Substring.UTF8View

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// What follows the line and its end, which is two bytes in files of other systems.
  private static func behindLine(_ bytes: Bytes) -> Bytes {
    var rest = bytes.drop { !isLineEnd($0) }
    if rest.popFirst() == UInt8(ascii: "\r"), rest.first == UInt8(ascii: "\n") {
      rest.removeFirst()
    }
    return rest
  }

  private static func section(_ line: Bytes, _ path: String, _ number: Int)
    throws(SettingFailure) -> String
  {
    let name = String(Substring(trimmed(line.dropFirst().dropLast())))
    guard Host(rawValue: name) != nil else {
      throw .unknownSection(
        path: path, line: number, name: name,
        closest: Spelling.closest(to: name, among: Host.allCases.map(\.rawValue)))
    }
    return name
  }

  private static func key(_ name: Bytes, _ path: String, _ number: Int)
    throws(SettingFailure) -> SettingKey
  {
    let name = String(Substring(name))
    guard let key = SettingKey(rawValue: name) else {
      throw .unknownKey(
        path: path, line: number, key: name,
        closest: Spelling.closest(to: name, among: SettingKey.allCases.map(\.rawValue)))
    }
    return key
  }

  /// Quotes keep the spaces at a value's ends; without them a ` #` begins a comment.
  private static func value(_ bytes: Bytes) -> String {
    if bytes.count >= 2, let quote = bytes.first,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    {
      let rest = bytes.dropFirst()
      if let end = rest.lastIndex(of: quote), trimmed(rest[rest.index(after: end)...]).isEmpty {
        return String(Substring(rest[..<end]))
      }
    }
    var isAfterSpace = false
    let kept = bytes.prefix { byte in
      defer { isAfterSpace = isSpace(byte) }
      return !(byte == UInt8(ascii: "#") && isAfterSpace)
    }
    return String(Substring(trimmed(kept)))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }

  private static func trimmed(_ bytes: Bytes) -> Bytes {
    var rest = bytes
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }
}
