/// Lines of tab-separated fields: the format of our cache and state files.
enum TabSeparated {
  /// The fields of each line. Nil when the last line has no newline, because the file was truncated.
  static func lines(_ bytes: [UInt8]) -> [[String]]? {
    guard bytes.last == UInt8(ascii: "\n") else { return nil }
    return bytes.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in
        line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
          .map { String(decoding: $0, as: UTF8.self) }
      }
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
