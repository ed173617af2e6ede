import UsageCore

/// A parser for the JSON of waybar, with the positions of all values.
///
/// Like waybar's own parser (jsoncpp), it accepts comments and trailing commas, and ignores what follows the first value.
struct BarJSON {
  indirect enum Value {
    case object([Member])
    case array([Item])
    case string(String)
    case other(String)
  }

  struct Item {
    let value: Value
    /// From the first to behind the last byte of the value.
    let range: Range<Int>
  }

  struct Member {
    let name: String
    /// The start of the name's quotes.
    let start: Int
    let item: Item
  }

  struct SyntaxError: Error {
    let position: Int
  }

  private static let maximumDepth = 100

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  static func parse(_ text: ConfigurationText) throws(SyntaxError) -> Item {
    var parser = BarJSON(text.bytes)
    if text.bytes.starts(with: [0xef, 0xbb, 0xbf]) { parser.position = 3 }
    try parser.skipSpace()
    return try parser.item()
  }

  /// The first line that cannot be parsed.
  static func invalidLine(in text: ConfigurationText) -> Int? {
    do throws(SyntaxError) {
      _ = try parse(text)
      return nil
    } catch {
      return text.line(at: error.position)
    }
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SyntaxError) {
    guard take(character) else { throw SyntaxError(position: position) }
  }

  private mutating func item() throws(SyntaxError) -> Item {
    let start = position
    let value = try value()
    return Item(value: value, range: start..<position)
  }

  private mutating func value() throws(SyntaxError) -> Value {
    guard depth < Self.maximumDepth else { throw SyntaxError(position: position) }
    depth += 1
    defer { depth -= 1 }
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    default:
      let start = position
      while let byte = next, isWord(byte) { position += 1 }
      guard position > start else { throw SyntaxError(position: position) }
      return .other(String(decoding: bytes[start..<position], as: UTF8.self))
    }
  }

  /// Numbers, `true`, `false` and `null`.
  private func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }

  private mutating func object() throws(SyntaxError) -> Value {
    var members: [Member] = []
    try expect("{")
    while true {
      try skipSpace()
      if take("}") { return .object(members) }
      let start = position
      let name = try string()
      try skipSpace()
      try expect(":")
      try skipSpace()
      members.append(Member(name: name, start: start, item: try item()))
      try skipSpace()
      if take("}") { return .object(members) }
      try expect(",")
    }
  }

  private mutating func array() throws(SyntaxError) -> Value {
    var items: [Item] = []
    try expect("[")
    while true {
      try skipSpace()
      if take("]") { return .array(items) }
      items.append(try item())
      try skipSpace()
      if take("]") { return .array(items) }
      try expect(",")
    }
  }

  /// The raw text of a string: names that matter have no escapes.
  private mutating func string() throws(SyntaxError) -> String {
    try expect("\"")
    let start = position
    while let byte = next, byte != UInt8(ascii: "\"") {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else { throw SyntaxError(position: start) }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipSpace() throws(SyntaxError) {
    while let byte = next {
      if byte == 0x20 || (9...13).contains(byte) {
        position += 1
      } else if bytes[position...].starts(with: "//".utf8) {
        position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if bytes[position...].starts(with: "/*".utf8) {
        let start = position
        position += 2
        while position + 1 < bytes.count, !bytes[position...].starts(with: "*/".utf8) {
          position += 1
        }
        guard position + 1 < bytes.count else { throw SyntaxError(position: start) }
        position += 2
      } else {
        return
      }
    }
  }
}

extension BarJSON.Item {
  var members: [BarJSON.Member] {
    if case .object(let members) = value { members } else { [] }
  }

  var items: [BarJSON.Item]? {
    if case .array(let items) = value { items } else { nil }
  }

  var string: String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The members at any depth.
  var allMembers: [BarJSON.Member] {
    (items ?? []).flatMap { $0.allMembers }
      + members.flatMap { [$0] + $0.item.allMembers }
  }

  /// The last member of a name, which is the one that counts.
  func member(_ name: String) -> BarJSON.Member? {
    members.last { $0.name == name }
  }
}
