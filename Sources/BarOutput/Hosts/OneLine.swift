/// Text for a place that is one line high.
enum OneLine {
  /// The text without control characters, at most `bytes` long.
  static func of(_ text: String, bytes: Int) -> String {
    Words.cut(withoutControl(text), bytes: bytes)
  }

  static func withoutControl(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { clean.append(isControl(scalar) ? " " : scalar) }
    return String(clean)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value == 0x2028
      || scalar.value == 0x2029
  }
}
