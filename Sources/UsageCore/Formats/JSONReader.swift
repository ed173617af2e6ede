/// A strict JSON parser. https://www.rfc-editor.org/rfc/rfc8259
///
/// Foundation's costs every start 7 MB and does not exist in Embedded Swift. Tests compare the two.
struct JSONReader {
  /// Limits the recursion on malicious input.
  static let maximumDepth = 512

  let bytes: [UInt8]
  /// Replaces invalid Unicode in strings instead of rejecting the document.
  let repairsText: Bool
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8], repairsText: Bool) {
    self.bytes = bytes
    self.repairsText = repairsText
  }

  /// The document's value; nil when it is invalid or anything follows it.
  mutating func document() -> JSONValue? {
    skipSpace()
    guard let value = value() else { return nil }
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d {
      position += 1
    }
  }

  private mutating func value() -> JSONValue? {
    switch next {
    case UInt8(ascii: "{"):
      return items(until: UInt8(ascii: "}")) { $0.member() }.map { .object($0) }
    case UInt8(ascii: "["):
      return items(until: UInt8(ascii: "]")) { $0.value() }.map { .array($0) }
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return literal("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return literal("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return literal("null") ? .null : nil
    default: return number()
    }
  }

  /// The items of an object or array, separated by commas. Nil when nested too deeply.
  private mutating func items<Item>(until end: UInt8, _ item: (inout JSONReader) -> Item?)
    -> [Item]?
  {
    guard depth < Self.maximumDepth else { return nil }
    depth += 1
    position += 1
    defer { depth -= 1 }
    var items: [Item] = []
    skipSpace()
    if take(end) { return items }
    while let found = item(&self) {
      items.append(found)
      skipSpace()
      if take(end) { return items }
      guard take(UInt8(ascii: ",")) else { return nil }
      skipSpace()
    }
    return nil
  }

  private mutating func member() -> JSONValue.Member? {
    guard let name = string() else { return nil }
    skipSpace()
    guard take(UInt8(ascii: ":")) else { return nil }
    skipSpace()
    return value().map { JSONValue.Member(name: name, value: $0) }
  }

  private mutating func literal(_ text: String) -> Bool {
    for byte in text.utf8 where !take(byte) { return false }
    return true
  }

  /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
  private mutating func number() -> JSONValue? {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) {
      guard digits() else { return nil }
    }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      guard digits() else { return nil }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() else { return nil }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int64(text), text != "-0" { return .integer(integer) }
    return .number(text)
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var decoded: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        return repairsText
          ? String(decoding: decoded, as: UTF8.self) : String(validating: decoded, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        decoded += String(scalar).utf8
      case 0..<0x20: return nil
      default: decoded.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicodeEscape()
    default: return nil
    }
  }

  /// Characters beyond U+FFFF are a surrogate pair. A lone surrogate is invalid.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let unit = fourDigits() else { return nil }
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let end = position
    if unit < 0xdc00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = fourDigits(),
      (0xdc00..<0xe000).contains(low)
    {
      return Unicode.Scalar(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
    }
    position = end
    return repairsText ? "\u{fffd}" : nil
  }

  private mutating func fourDigits() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Hexadecimal.value(of: byte) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}
