import BarOutput
import UsageCore

/// The configuration file: `key = value` lines, `#` comments, and the sections `[HOST]` and `[account NAME]`.
struct ConfigFile {
  struct Entry: Equatable {
    /// The host of the section; nil at the top of the file.
    let host: Host?
    let setting: Setting
    let value: String
    let line: Int
  }

  let path: String
  private(set) var entries: [Entry] = []
  private(set) var accounts: [Account] = []

  /// - Parameter home: replaces `~` in paths.
  init(path: String, text: String, home: String) throws(ConfigurationError) {
    self.path = path
    var host: Host?
    var account: String?
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = trim(Substring(line))
      let number = index + 1
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        let name = trim(line.dropFirst().dropLast())
        account = Self.accountName(name)
        if account == nil {
          host = Host(rawValue: name)
          if host == nil { throw .unknownSection(path: path, line: number, name: name) }
        }
        continue
      }
      guard let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")) else {
        throw .notALine(path: path, line: number)
      }
      let key = trim(line[..<equals])
      let value = Self.value(trim(line[line.utf8.index(after: equals)...]))
      if let account {
        guard key == "home" else {
          throw .accountKey(path: path, line: number, key: key)
        }
        let path = value.hasPrefix("~/") ? home + value.dropFirst() : value
        guard path.hasPrefix("/") else {
          throw .invalidValue(
            .file(self.path, line: number, key: key), value: value,
            expected: "an absolute path, or one that starts with ~/")
        }
        accounts.append(Account(name: account, home: path))
      } else {
        let setting = try setting(key, number)
        entries.append(Entry(host: host, setting: setting, value: value, line: number))
      }
    }
  }

  /// `work` in `account work`.
  private static func accountName(_ section: String) -> String? {
    guard section.hasPrefix("account ") else { return nil }
    let name = trim(section.dropFirst("account ".count))
    return name.isEmpty ? nil : name
  }

  private func setting(_ key: String, _ line: Int) throws(ConfigurationError) -> Setting {
    if let setting = Setting.named(key) { return setting }
    if Setting.commandLineOnly.contains(key) {
      throw .onlyOnCommandLine(.file(path, line: line, key: key))
    }
    throw .unknownKey(path: path, line: line, key: key)
  }

  /// Removes quotes, which keep spaces at the ends, or else a comment after a space.
  private static func value(_ text: String) -> String {
    if let quote = text.first, quote == "\"" || quote == "'" {
      let rest = text.dropFirst()
      if let end = rest.lastIndex(of: quote) {
        let after = trim(rest[rest.index(after: end)...])
        if after.isEmpty || after.hasPrefix("#") { return String(rest[..<end]) }
      }
    }
    var isAfterSpace = false
    let kept = text.unicodeScalars.prefix { scalar in
      defer { isAfterSpace = scalar == " " || scalar == "\t" }
      return !(scalar == "#" && isAfterSpace)
    }
    return trim(Substring(kept))
  }
}
