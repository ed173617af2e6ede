/// A JSON value. The service is undocumented, so responses are read without a fixed schema.
enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// The text of a number that is not a 64-bit integer, so that it can be written back unchanged.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// In the order of the document. Of duplicate names, the last one counts.
  case object([Member])

  /// A name and its value in an object.
  struct Member: Equatable, Sendable {
    /// Without quotes and escapes.
    let name: String
    /// `null` for a member that is null, not for a missing one.
    let value: JSONValue
  }

  /// Nil when the bytes are not valid JSON.
  init?(_ bytes: [UInt8], repairsText: Bool = false) {
    var reader = JSONReader(bytes, repairsText: repairsText)
    guard let value = reader.document() else { return nil }
    self = value
  }

  /// Parses a response of the service. Invalid Unicode in a string is replaced instead of rejected: the same response
  /// may contain a new refresh token, which must not be lost.
  init?(response bytes: [UInt8]) {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let isMarked = bytes.starts(with: byteOrderMark)
    self.init(isMarked ? Array(bytes[3...]) : bytes, repairsText: true)
  }

  /// Compact JSON.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += "\(value)".utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): JSONString.write(text, to: &bytes)
    case .array(let values):
      JSONList.write(values, "[", "]", to: &bytes) { $0.write(to: &$1) }
    case .object(let members):
      JSONList.write(members, "{", "}", to: &bytes) { member, bytes in
        JSONString.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
    }
  }

  subscript(name: String) -> JSONValue? {
    members?.last { $0.name == name }?.value
  }

  /// The object with a member added or replaced in its place. Other values are returned unchanged.
  func setting(_ name: String, to value: JSONValue) -> JSONValue {
    guard case .object(var members) = self else { return self }
    let member = Member(name: name, value: value)
    if let place = members.lastIndex(where: { $0.name == name }) {
      members[place] = member
    } else {
      members.append(member)
    }
    return .object(members)
  }

  /// True for an empty object too.
  var isObject: Bool { members != nil }

  /// Nil unless the value is an object.
  var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// Nil unless the value is a string.
  var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// Nil unless the value is a string of visible ASCII.
  var visibleASCII: String? {
    string.flatMap { $0.isVisibleASCII ? $0 : nil }
  }

  /// Nil unless the value is `true` or `false`.
  var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// A finite number, or a string that contains one.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let text), .string(let text): Double(decimal: text)
    default: nil
    }
  }

  /// A number rounded towards zero; nil when it does not fit.
  var integer: Int64? {
    if case .integer(let value) = self { return value }
    // The largest Double below 2^63.
    guard let double, abs(double) <= 9_223_372_036_854_774_784 else { return nil }
    return Int64(double)
  }
}

/// Strings in JSON. https://www.rfc-editor.org/rfc/rfc8259#section-7
public enum JSONString {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Appends the text in quotes, with quotes, backslashes and control characters (U+007F to U+009F too) escaped.
  public static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      var copied = 0
      for (index, byte) in text.enumerated() where mayNeedEscape(byte) {
        // U+0080 to U+009F are 0xc2 and the code.
        let isTwoBytes = byte >= 0x80
        if isTwoBytes && (index == 0 || text[index - 1] != 0xc2) { continue }
        bytes += text[copied..<(isTwoBytes ? index - 1 : index)]
        copied = index + 1
        bytes.append(UInt8(ascii: "\\"))
        if isSpecial(byte) {
          bytes.append(byte)
        } else if byte == UInt8(ascii: "\n") {
          bytes.append(UInt8(ascii: "n"))
        } else {
          bytes += "u00".utf8
          bytes.append(digits[Int(byte >> 4)])
          bytes.append(digits[Int(byte & 15)])
        }
      }
      bytes += text[copied...]
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || isSpecial(byte) || (0x7f...0x9f).contains(byte)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}

/// Lists in JSON: arrays, and the members of an object.
public enum JSONList {
  /// Appends `start`, the items separated by commas, and `end`.
  public static func write<Item>(
    _ items: [Item], _ start: String, _ end: String, to bytes: inout [UInt8],
    write: (_ item: Item, _ bytes: inout [UInt8]) -> Void
  ) {
    bytes += start.utf8
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(item, &bytes)
    }
    bytes += end.utf8
  }
}
