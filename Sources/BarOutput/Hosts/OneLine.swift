/// Text for a place that is one line high.
enum OneLine {
  /// The text without control characters, at most `bytes` long.
  static func of(_ text: String, bytes: Int) -> String {
    Words.cut(withoutControl(text), bytes: bytes)
  }

  static func withoutControl(_ text: String) -> String {
    var text = text
    guard text.withUTF8(mayHoldControl) else { return text }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { clean.append(isControl(scalar) ? " " : scalar) }
    return String(clean)
  }

  /// Control characters, and what their bytes have in common with others: a look at scalars costs ten times as much.
  private static func mayHoldControl(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      // Beyond ASCII: U+0080 to U+009F, and the two line separators U+2028 and U+2029.
      if byte < 0x20 || byte == 0x7f || (previous == 0xc2 && byte < 0xa0) || byte & 0xfe == 0xa8 {
        return true
      }
      previous = byte
    }
    return false
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value == 0x2028
      || scalar.value == 0x2029
  }
}
