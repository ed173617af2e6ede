/// Pango markup, https://docs.gtk.org/Pango/pango_markup.html
enum Pango {
  static func escape(_ text: String) -> String {
    guard text.hasByte(where: isSpecial) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&apos;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// A line of at most `bytes`: the user's own markup if it fits, else the escaped text.
  static func line(_ text: String, markup: String?, bytes: Int) -> String {
    if let markup {
      let line = Format.withoutControlCharacters(markup)
      if line.utf8.count <= bytes { return line }
    }
    return escape(Format.line(text, bytes: bytes))
  }

  /// Whether Pango accepts the text. Bars show nothing for markup that it rejects.
  static func isValid(_ markup: String) -> Bool {
    var parser = PangoParser(Array(markup.utf8))
    return parser.isValid()
  }
}

/// Validates markup byte by byte, because a combining character after `<` or `&` would hide it in a `Character`.
///
/// Stricter than Pango: it accepts what every version since 1.44 accepts.
private struct PangoParser {
  private static let tags = ["b", "big", "i", "s", "small", "sub", "sup", "tt", "u"]
  private static let entities = ["amp", "lt", "gt", "quot", "apos"]

  private var rest: ArraySlice<UInt8>
  private var open: [String] = []

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  mutating func isValid() -> Bool {
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "&"):
        guard let entity = take(upTo: UInt8(ascii: ";")), Self.entities.contains(entity) else {
          return false
        }
      case UInt8(ascii: "<"): guard takeTag() else { return false }
      default: break
      }
    }
    return open.isEmpty
  }

  private mutating func takeTag() -> Bool {
    guard let inner = take(upTo: UInt8(ascii: ">")) else { return false }
    if inner.utf8.first == UInt8(ascii: "/") {
      return open.popLast() == String(inner.dropFirst())
    }
    let name = String(decoding: inner.utf8.prefix { $0 != 0x20 }, as: UTF8.self)
    guard name == "span" || (Self.tags.contains(name) && name == inner) else { return false }
    open.append(name)
    return areAttributesValid(ArraySlice(inner.utf8.dropFirst(name.utf8.count)))
  }

  /// The text up to `end`, which is skipped.
  private mutating func take(upTo end: UInt8) -> String? {
    guard let place = rest.firstIndex(of: end) else { return nil }
    defer { rest = rest[(place + 1)...] }
    return String(decoding: rest[..<place], as: UTF8.self)
  }

  /// ` name="value"`, any number of times.
  private func areAttributesValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    var bytes = bytes
    var names: [String] = []
    while true {
      bytes = bytes.drop { $0 == 0x20 }
      if bytes.isEmpty { return true }
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return false }
      let name = String(decoding: bytes[..<equals], as: UTF8.self)
      bytes = bytes[(equals + 1)...]
      guard let quote = bytes.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = bytes.firstIndex(of: quote)
      else { return false }
      let value = String(decoding: bytes[..<end], as: UTF8.self)
      bytes = bytes[(end + 1)...]
      guard !names.contains(name), SpanAttribute.isValid(name, value),
        bytes.isEmpty || bytes.first == 0x20
      else { return false }
      names.append(name)
    }
  }
}

/// The attributes of `<span>` and their values.
private enum SpanAttribute {
  static func isValid(_ name: String, _ value: String) -> Bool {
    guard !value.isEmpty, !value.utf8.contains(where: { "<>&".utf8.contains($0) }) else {
      return false
    }
    switch name {
    case "foreground", "fgcolor", "color", "background", "bgcolor", "underline_color",
      "strikethrough_color":
      return isColor(value)
    case "alpha", "fgalpha", "background_alpha", "bgalpha": return isAlpha(value)
    case "font", "font_desc", "font_family", "face": return true
    case "weight", "font_weight":
      return ["ultralight", "light", "normal", "bold", "ultrabold", "heavy"].contains(value)
        || isNumber(value, 100...1000)
    case "style", "font_style": return ["normal", "oblique", "italic"].contains(value)
    case "underline": return ["none", "single", "double", "low", "error"].contains(value)
    case "strikethrough": return ["true", "false"].contains(value)
    case "size":
      return [
        "xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "smaller",
        "larger",
      ].contains(value) || isNumber(value, 1...1_024_000)
    case "rise", "letter_spacing": return isNumber(value, -100_000...100_000)
    default: return false
    }
  }

  private static func isNumber(_ value: String, _ range: ClosedRange<Int>) -> Bool {
    Int(value).map { range.contains($0) } ?? false
  }

  private static func isColor(_ value: String) -> Bool {
    guard value.utf8.first == UInt8(ascii: "#") else {
      return [
        "black", "blue", "brown", "cyan", "gray", "green", "grey", "magenta", "orange", "pink",
        "purple", "red", "white", "yellow",
      ].contains(value)
    }
    let digits = value.dropFirst()
    return [3, 6, 12].contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  private static func isAlpha(_ value: String) -> Bool {
    value.hasSuffix("%") ? isNumber(String(value.dropLast()), 1...100) : isNumber(value, 1...65_535)
  }
}
