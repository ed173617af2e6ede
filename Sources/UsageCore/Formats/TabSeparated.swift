/// Lines of tab-separated fields: the format of our cache and state files.
enum TabSeparated {
  /// The fields of each line. Nil when the last line has no newline, because the file was truncated.
  static func lines(_ bytes: [UInt8]) -> [[String]]? {
    guard bytes.last == UInt8(ascii: "\n") else { return nil }
    var lines: [[String]] = []
    var fields: [String] = []
    var start = 0
    for (index, byte) in bytes.enumerated() {
      guard byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") else { continue }
      fields.append(String(decoding: bytes[start..<index], as: UTF8.self))
      start = index + 1
      if byte == UInt8(ascii: "\n") {
        lines.append(fields)
        fields.removeAll(keepingCapacity: true)
      }
    }
    return lines
  }

  /// One line with its newline. Control characters in fields become spaces.
  static func line(_ fields: [String]) -> String {
    fields.map(withoutControlCharacters).joined(separator: "\t") + "\n"
  }

  private static func withoutControlCharacters(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 < 0x20 }) else { return field }
    return String(decoding: field.utf8.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
  }
}
