import UsageCore

/// The sections and keys of polybar's files, as polybar reads them: included lines belong to the section of the include.
/// https://github.com/polybar/polybar/wiki/Configuration
struct PolybarFiles {
  struct Header {
    /// Without its brackets.
    let section: String
    let file: Int
    let line: Range<Int>
  }

  struct Entry: Equatable {
    /// Nil before the first header of a file that is not included.
    let section: String?
    let key: String
    let file: Int
    /// The bytes of the value, inside quotes.
    let range: Range<Int>
    let value: String
  }

  private static let deepest = 10

  private let files: ConfigurationFiles
  private var headers: [Header] = []
  private var entries: [Entry] = []

  init(_ files: ConfigurationFiles) {
    self.files = files
    var section: String?
    read(0, &section, [0])
  }

  private mutating func read(_ file: Int, _ section: inout String?, _ stack: [Int]) {
    let text = files.texts[file]
    for line in text.lines {
      let content = text.trimmed(line)
      if content.hasPrefix("["), content.hasSuffix("]") {
        section = String(content.dropFirst().dropLast())
        headers.append(Header(section: section ?? "", file: file, line: line))
      } else if let entry = Self.entry(line, text, section, file) {
        if let name = Self.include(entry) {
          guard stack.count < Self.deepest else { continue }
          for other in files.included(name, by: file) where !stack.contains(other) {
            read(other, &section, stack + [other])
          }
        } else {
          entries.append(entry)
        }
      }
    }
  }

  /// Parses a `key = value` line.
  private static func entry(
    _ line: Range<Int>, _ text: ConfigurationText, _ section: String?, _ file: Int
  ) -> Entry? {
    let first = text.trimmed(line).unicodeScalars.first
    guard let first, first != ";", first != "#",
      let equals = text.bytes[line].firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    var range = text.trimmedRange(equals + 1..<line.upperBound)
    if range.isEmpty { range = equals + 1..<equals + 1 }
    if text.bytes[range].first == UInt8(ascii: "\"") {
      range = range.dropFirst()
      let end = text.bytes[range].firstIndex(of: UInt8(ascii: "\""))
      range = range.lowerBound..<(end ?? range.upperBound)
    }
    return Entry(
      section: section, key: text.trimmed(line.lowerBound..<equals), file: file, range: range,
      value: String(decoding: text.bytes[range], as: UTF8.self))
  }

  /// The name of an included file, or of a folder with a slash at its end.
  private static func include(_ entry: Entry) -> String? {
    switch entry.key {
    case "include-file": entry.value
    case "include-directory": entry.value.hasSuffix("/") ? entry.value : entry.value + "/"
    default: nil
    }
  }

  static func includes(in text: ConfigurationText) -> [String] {
    text.lines.compactMap { entry($0, text, nil, 0).flatMap { include($0) } }
  }

  /// The `[bar/…]` sections, each once.
  var bars: [Header] {
    var bars: [Header] = []
    for header in headers where header.section.hasPrefix("bar/") {
      if !bars.contains(where: { $0.section == header.section }) { bars.append(header) }
    }
    return bars
  }

  /// Another bar inherits from it.
  func isBase(_ section: String) -> Bool {
    entries.contains { entry in
      entry.key == "inherit" && entry.section?.hasPrefix("bar/") == true
        && entry.section != section && entry.value.split(separator: " ").contains { $0 == section }
    }
  }

  /// The entry of a section, or the one that it inherits.
  func entry(_ key: String, of section: String, depth: Int = 0) -> Entry? {
    func own(_ key: String) -> Entry? { entries.last { $0.section == section && $0.key == key } }
    if let entry = own(key) { return entry }
    guard depth < Self.deepest, let bases = own("inherit") else { return nil }
    return bases.value.split(separator: " ").lazy
      .compactMap { entry(key, of: String($0), depth: depth + 1) }.first
  }

  /// The entry with the names: itself, or the one that it refers to; nil when that is not in the files.
  func resolved(_ entry: Entry, bar: String, depth: Int = 0) -> Entry? {
    guard entry.value.hasPrefix("${") else { return entry }
    guard depth < Self.deepest, let (section, key) = Self.reference(entry, bar: bar),
      let target = self.entry(key, of: section)
    else { return nil }
    return resolved(target, bar: bar, depth: depth + 1)
  }

  /// Section and key of `${section.key}`.
  private static func reference(_ entry: Entry, bar: String) -> (String, String)? {
    guard entry.value.hasSuffix("}"), !entry.value.utf8.contains(UInt8(ascii: ":")) else {
      return nil
    }
    let name = entry.value.dropFirst(2).dropLast()
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let section = String(name[..<dot])
    let key = String(name[name.index(after: dot)...])
    switch section {
    case "self": return (entry.section ?? bar, key)
    case "root": return (bar, key)
    default: return (section, key)
    }
  }

  /// Where the default of `${env:NAME:default}` starts in the file, and the name.
  func fallback(of entry: Entry) -> (start: Int, variable: String)? {
    let bytes = files.texts[entry.file].bytes[entry.range]
    let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
    guard colons.count >= 2, bytes.last == UInt8(ascii: "}") else { return nil }
    let variable = String(decoding: bytes[(colons[0] + 1)..<colons[1]], as: UTF8.self)
    return (colons[1] + 1, variable)
  }

  /// Every modules list of a bar or of a section that bars may inherit from, and the entries that they refer to.
  var listEntries: [Entry] {
    let lists = entries.filter { entry in
      PolybarConfiguration.lists.contains(entry.key)
        && !(entry.section?.hasPrefix("module/") ?? false)
    }
    var all = lists
    for list in lists {
      for bar in [list.section ?? ""] + bars.map({ $0.section }) {
        if let target = resolved(list, bar: bar), !all.contains(target) { all.append(target) }
      }
    }
    return all
  }

  func line(of entry: Entry) -> Int {
    files.texts[entry.file].line(at: entry.range.lowerBound)
  }
}
