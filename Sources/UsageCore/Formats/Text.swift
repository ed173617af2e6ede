/// The text without white space at its ends.
public func trim(_ text: some StringProtocol) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !$0.isSpace }),
    let last = scalars.lastIndex(where: { !$0.isSpace })
  else { return "" }
  return String(text[first..<scalars.index(after: last)])
}

extension Unicode.Scalar {
  /// White space. `isWhitespace` would add Unicode's tables of properties, 50 KB, to the program.
  var isSpace: Bool {
    switch value {
    case 0x09...0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f,
      0x3000:
      true
    default: false
    }
  }
}

extension UInt8 {
  /// A letter or digit of ASCII.
  var isASCIIAlphanumeric: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self)
  }
}

extension StringProtocol {
  /// Anything but visible ASCII would not survive in a header or a line of a file. False for an empty text.
  var isVisibleASCII: Bool {
    !isEmpty && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
  }

  /// With ASCII letters in lower case. `lowercased()` would add Unicode's tables of cases, 25 KB, to the program.
  public var asciiLowercased: String {
    String(decoding: utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  /// With ASCII letters in upper case.
  public var asciiUppercased: String {
    String(decoding: utf8.map { (0x61...0x7a).contains($0) ? $0 & 0xdf : $0 }, as: UTF8.self)
  }

  /// With the first letter in upper case, if it is one of a to z.
  public var firstUppercased: String { prefix(1).asciiUppercased + dropFirst() }

  /// The first place where `text` occurs, byte by byte. Embedded Swift has no `firstRange(of:)`.
  public func firstOccurrence(of text: String) -> Range<Index>? {
    let wanted = Array(text.utf8)
    for start in utf8.indices where utf8[start...].starts(with: wanted) {
      return start..<utf8.index(start, offsetBy: wanted.count)
    }
    return nil
  }

  /// Whether `text` occurs anywhere, byte by byte.
  public func hasOccurrence(of text: String) -> Bool {
    firstOccurrence(of: text) != nil
  }
}
