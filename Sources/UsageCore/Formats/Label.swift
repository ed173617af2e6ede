/// Makes a name from the service safe to show: one line, no control or bidi characters, bounded length.
enum Label {
  static let longest = 60
  /// Combining characters can make a single character very long.
  static let maximumBytes = 180

  static func clean(_ text: String?) -> String? {
    guard let text else { return nil }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(4 * longest) where isShown(scalar) {
      kept.append(scalar.isSpace ? " " : scalar)
    }
    let words = String(kept).split(separator: " ").joined(separator: " ")
    guard !words.isEmpty else { return nil }
    if words.count <= longest && words.utf8.count <= maximumBytes { return words }
    var short = ""
    for character in words.prefix(longest - 1) {
      guard short.utf8.count + character.utf8.count <= maximumBytes else { break }
      short.append(character)
    }
    return short + "…"
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f: scalar.isSpace
    // Invisible: soft hyphen, Arabic and zero-width marks, bidirectional controls, interlinear notes, tags.
    case 0xad, 0x0600...0x0605, 0x061c, 0x06dd, 0x070f, 0x180e, 0x200b...0x200f, 0x202a...0x202e,
      0x2060...0x206f, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe0fff:
      false
    // Private use.
    case 0xe000...0xf8ff, 0xf0000...0x10ffff: false
    default: true
    }
  }
}
