/// Makes a name from the service safe to show: one line, no control or bidi characters, bounded length.
enum Label {
  static let longest = 60

  static func clean(_ text: String?) -> String? {
    guard let text else { return nil }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(4 * longest) where isShown(scalar) {
      kept.append(scalar.properties.isWhitespace ? " " : scalar)
    }
    let words = String(kept).split(separator: " ").joined(separator: " ")
    guard !words.isEmpty else { return nil }
    return words.count <= longest ? words : String(words.prefix(longest - 1)) + "…"
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar.properties.isWhitespace
    case .format, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
