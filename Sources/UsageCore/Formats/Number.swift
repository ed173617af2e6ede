import CLibraries

extension Double {
  /// Parses a finite decimal number, independent of the locale. Nil unless the whole text is one.
  public init?(decimal text: String) {
    if let whole = Int64(text) {
      self = Double(whole)
      return
    }
    var value = 0.0
    guard libc_parse_double(text, &value) != 0, value.isFinite else { return nil }
    self = value
  }

  /// The shortest text that is parsed as the same number. Whole numbers have no fraction, so that they are parsed quickly.
  public var decimal: String {
    if let whole = roundedInteger, Double(whole) == self { return "\(whole)" }
    return "\(self)"
  }

  /// The nearest integer, halves away from zero; nil when it does not fit.
  public var roundedInteger: Int? {
    guard isFinite, abs(self) < 9e18 else { return nil }
    return Int(self + (self < 0 ? -0.5 : 0.5))
  }
}

enum Hexadecimal {
  static func encode(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Nil unless the text is pairs of digits.
  static func decode(_ text: String) -> [UInt8]? {
    let values = text.utf8.map { value(of: $0) }
    guard values.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: values.count, by: 2) {
      guard let high = values[index], let low = values[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
