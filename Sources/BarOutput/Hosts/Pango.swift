/// Pango markup, https://docs.gtk.org/Pango/pango_markup.html
enum Pango {
  static func escape(_ text: String) -> String {
    var text = text
    guard text.withUTF8({ $0.contains(where: isSpecial) }) else { return text }
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&apos;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// A line of at most `bytes`: the person's own markup where it fits, else the text, escaped.
  static func line(_ text: String, markup: String?, bytes: Int) -> String {
    if let markup {
      let line = OneLine.withoutControl(markup)
      if line.utf8.count <= bytes { return line }
    }
    return escape(OneLine.of(text, bytes: bytes))
  }

  /// Markup set apart by its tone.
  static func span(_ markup: String, _ tone: StyledLine.Tone, _ colors: Colors) -> String {
    switch tone {
    case .plain: markup
    case .strong: "<b>" + markup + "</b>"
    case .dim: "<span alpha=\"70%\">" + markup + "</span>"
    case .level(let level):
      colors.of(.level(level), isStale: false)
        .map { "<span color=\"\($0.hex)\">\(markup)</span>" } ?? markup
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
