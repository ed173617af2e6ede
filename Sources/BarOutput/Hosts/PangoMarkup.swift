/// Whether a text is markup that Pango reads: what it does not read leaves a bar blank.
/// https://docs.gtk.org/Pango/pango_markup.html
///
/// Stricter than Pango itself where every version has to agree.
struct PangoMarkup {
  private static let plainTags: Set<Substring> = [
    "b", "big", "i", "s", "small", "sub", "sup", "tt", "u",
  ]
  private static let entities: Set<Substring> = ["amp", "lt", "gt", "quot", "apos"]

  private var rest: Substring
  private var open: [Substring] = []

  static func isWellFormed(_ text: String) -> Bool {
    var markup = PangoMarkup(rest: text[...])
    return markup.isWellFormed()
  }

  private init(rest: Substring) {
    self.rest = rest
  }

  private mutating func isWellFormed() -> Bool {
    while let character = rest.popFirst() {
      switch character {
      case "&": guard isEntity() else { return false }
      case "<": guard isTag() else { return false }
      default: break
      }
    }
    return open.isEmpty
  }

  private mutating func isEntity() -> Bool {
    guard let end = rest.prefix(8).firstIndex(of: ";") else { return false }
    defer { rest = rest[rest.index(after: end)...] }
    return Self.entities.contains(rest[..<end])
  }

  private mutating func isTag() -> Bool {
    guard let end = rest.firstIndex(of: ">") else { return false }
    var inner = rest[..<end]
    rest = rest[rest.index(after: end)...]
    if inner.first == "/" {
      inner.removeFirst()
      return open.popLast() == inner
    }
    let name = inner.prefix { $0 != " " }
    guard name == "span" || (Self.plainTags.contains(name) && name == inner) else { return false }
    open.append(name)
    inner.removeFirst(name.count)
    return areAttributes(inner)
  }

  /// ` name="value"`, any number of them.
  private func areAttributes(_ text: Substring) -> Bool {
    var text = text
    var seen: Set<Substring> = []
    while true {
      text = text.drop { $0 == " " }
      if text.isEmpty { return true }
      guard let equals = text.firstIndex(of: "=") else { return false }
      let name = text[..<equals]
      text = text[text.index(after: equals)...]
      guard let quote = text.popFirst(), quote == "\"" || quote == "'",
        let end = text.firstIndex(of: quote)
      else { return false }
      let value = text[..<end]
      text = text[text.index(after: end)...]
      guard seen.insert(name).inserted, SpanAttribute.isKnown(name, value),
        text.isEmpty || text.first == " "
      else { return false }
    }
  }
}

/// The attributes of `<span>` that every Pango since 1.44 reads, and what they may be.
private enum SpanAttribute {
  private static let words: [Substring: Set<Substring>] = [
    "weight": ["ultralight", "light", "normal", "bold", "ultrabold", "heavy"],
    "font_weight": ["ultralight", "light", "normal", "bold", "ultrabold", "heavy"],
    "style": ["normal", "oblique", "italic"], "font_style": ["normal", "oblique", "italic"],
    "underline": ["none", "single", "double", "low", "error"],
    "strikethrough": ["true", "false"],
    "size": [
      "xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "smaller", "larger",
    ],
  ]
  private static let colors: Set<Substring> = [
    "foreground", "fgcolor", "color", "background", "bgcolor", "underline_color",
    "strikethrough_color",
  ]
  private static let colorNames: Set<Substring> = [
    "black", "blue", "brown", "cyan", "gray", "green", "grey", "magenta", "orange", "pink",
    "purple", "red", "white", "yellow",
  ]
  private static let alphas: Set<Substring> = ["alpha", "fgalpha", "background_alpha", "bgalpha"]
  private static let fonts: Set<Substring> = ["font", "font_desc", "font_family", "face"]

  static func isKnown(_ name: Substring, _ value: Substring) -> Bool {
    guard !value.isEmpty, !value.contains(where: { "<>&".contains($0) }) else { return false }
    if colors.contains(name) { return isColor(value) }
    if fonts.contains(name) { return true }
    if alphas.contains(name) { return isAlpha(value) }
    if words[name]?.contains(value) == true { return true }
    guard let number = Int32(value) else { return false }
    switch name {
    case "weight", "font_weight": return (100...1000).contains(number)
    case "size": return (1...1_024_000).contains(number)
    case "rise", "letter_spacing": return (-100_000...100_000).contains(number)
    default: return false
    }
  }

  private static func isColor(_ value: Substring) -> Bool {
    guard value.first == "#" else { return colorNames.contains(value) }
    let digits = value.dropFirst()
    return [3, 6, 12].contains(digits.utf8.count)
      && digits.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  private static func isAlpha(_ value: Substring) -> Bool {
    let isShare = value.last == "%"
    guard let number = Int32(isShare ? value.dropLast() : value) else { return false }
    return (1...(isShare ? 100 : 65_535)).contains(number)
  }
}
