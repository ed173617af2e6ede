/// Strings and their escapes. https://www.rfc-editor.org/rfc/rfc8259#section-7
extension JSONReader {
  mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var decoded: [UInt8] = []
    var start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        decoded += bytes[start..<position]
        position += 1
        return mendsText
          ? String(decoding: decoded, as: UTF8.self) : String(validating: decoded, as: UTF8.self)
      case UInt8(ascii: "\\"):
        decoded += bytes[start..<position]
        position += 1
        guard let scalar = escape() else { return nil }
        decoded += Array(String(scalar).utf8)
        start = position
      case 0..<0x20: return nil
      default: position += 1
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return unicodeEscape()
    default: return nil
    }
  }

  /// Beyond the first plane a character is a pair of escapes; half of one is no character.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let unit = fourDigits() else { return nil }
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let behindUnit = position
    if unit < 0xdc00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = fourDigits(),
      (0xdc00..<0xe000).contains(low)
    {
      return Unicode.Scalar(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
    }
    position = behindUnit
    return mendsText ? "\u{fffd}" : nil
  }

  private mutating func fourDigits() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
        byte < 0x80
      else { return nil }
      position += 1
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
