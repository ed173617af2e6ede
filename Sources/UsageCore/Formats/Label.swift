/// Makes a name from the service safe to show: one line, no control or bidi characters, bounded length.
enum Label {
  static let longest = 60
  /// Combining characters can make a single character very long.
  static let maximumBytes = 180

  static func clean(_ text: String?) -> String? {
    guard let text else { return nil }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(4 * longest) where isShown(scalar) {
      kept.append(scalar.properties.isWhitespace ? " " : scalar)
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
    switch scalar.properties.generalCategory {
    case .control: scalar.properties.isWhitespace
    case .format, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
