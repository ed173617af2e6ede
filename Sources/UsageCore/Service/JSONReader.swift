/// Reads JSON. https://www.rfc-editor.org/rfc/rfc8259
///
/// Our own because the one that ships with Swift brings seven megabytes and ten calls of the system into every start;
/// `JSONReaderTests` holds the two against each other.
struct JSONReader {
  /// Deeper than anything a service or a bar writes; a text that is nothing but brackets ends here.
  static let deepest = 512

  let bytes: [UInt8]
  private let allowsComments: Bool
  /// Text that is no Unicode is mended rather than refused.
  let mendsText: Bool
  var position = 0
  private var depth = 0

  init(_ bytes: [UInt8], allowsComments: Bool = false, mendsText: Bool = false) {
    self.bytes = bytes
    self.allowsComments = allowsComments
    self.mendsText = mendsText
  }

  /// The one value of a text; nil when it is none, or when anything stands behind it.
  mutating func document() -> JSONValue? {
    guard skipSpace(), let value = value(), skipSpace(), position == bytes.count else { return nil }
    return value
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() -> JSONValue? {
    switch next {
    case UInt8(ascii: "{"): return nested { $0.object() }
    case UInt8(ascii: "["): return nested { $0.array() }
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return word("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func nested(_ body: (inout JSONReader) -> JSONValue?) -> JSONValue? {
    guard depth < Self.deepest else { return nil }
    depth += 1
    position += 1
    defer { depth -= 1 }
    return body(&self)
  }

  private mutating func object() -> JSONValue? {
    var members: [String: JSONValue] = [:]
    guard skipSpace() else { return nil }
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      guard let key = string(), skipSpace(), take(UInt8(ascii: ":")), skipSpace(),
        let value = value(), skipSpace()
      else { return nil }
      members[key] = value
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")), skipSpace() else { return nil }
      if allowsComments && take(UInt8(ascii: "}")) { return .object(members) }
    }
  }

  private mutating func array() -> JSONValue? {
    var values: [JSONValue] = []
    guard skipSpace() else { return nil }
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      guard let value = value(), skipSpace() else { return nil }
      values.append(value)
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")), skipSpace() else { return nil }
      if allowsComments && take(UInt8(ascii: "]")) { return .array(values) }
    }
  }

  private mutating func word(_ word: StaticString) -> Bool {
    for offset in 0..<word.utf8CodeUnitCount where !take(word.utf8Start[offset]) { return false }
    return true
  }

  /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
  private mutating func number() -> JSONValue? {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) {
      guard digits() else { return nil }
    }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard digits() else { return nil }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() else { return nil }
    }
    let spelling = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let integer = Int64(spelling), spelling != "-0" { return .integer(integer) }
    return .number(spelling)
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }

  /// False for a comment that does not end.
  private mutating func skipSpace() -> Bool {
    while let byte = next {
      switch byte {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      case UInt8(ascii: "/") where allowsComments: guard skipComment() else { return false }
      default: return true
      }
    }
    return true
  }

  private mutating func skipComment() -> Bool {
    position += 1
    if take(UInt8(ascii: "/")) {
      while let byte = next, byte != 0x0a { position += 1 }
      return true
    }
    guard take(UInt8(ascii: "*")) else { return false }
    while position + 1 < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
        position += 2
        return true
      }
      position += 1
    }
    return false
  }
}
