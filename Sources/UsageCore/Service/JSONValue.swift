/// Any JSON, read without expectations: the service is undocumented and its types drift.
public enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number that is no whole one of 64 bits, as it is spelled: what is not understood is written back unchanged.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Nil when the bytes are no JSON.
  public init?(_ bytes: some Sequence<UInt8>) {
    self.init(JSONReader(Array(bytes)))
  }

  /// What a service answered. A name that is cut in half, as JavaScript lets it be, must not cost the rest: that may be
  /// the successor of a token that is spent.
  init?(answer bytes: [UInt8]) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    self.init(
      JSONReader(bytes.starts(with: mark) ? Array(bytes[3...]) : bytes, mendsText: true))
  }

  /// The same of text with comments and trailing commas, as bars allow in their configurations.
  public init?(commented bytes: some Sequence<UInt8>) {
    self.init(JSONReader(Array(bytes), allowsComments: true))
  }

  private init?(_ reader: JSONReader) {
    var reader = reader
    guard let value = reader.document() else { return nil }
    self = value
  }

  /// The value as compact JSON, members in the order of their names.
  public var bytes: [UInt8] {
    var spelled: [UInt8] = []
    spell(into: &spelled)
    return spelled
  }

  private func spell(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += "\(value)".utf8
    case .number(let spelling): bytes += spelling.utf8
    case .string(let text): bytes += JSONString.spelled(text).utf8
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.spell(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += JSONString.spelled(member.key).utf8
        bytes.append(UInt8(ascii: ":"))
        member.value.spell(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  public subscript(key: String) -> JSONValue? {
    get {
      guard case .object(let members) = self else { return nil }
      return members[key]
    }
    set {
      guard case .object(var members) = self else { return }
      members[key] = newValue
      self = .object(members)
    }
  }

  public var members: [String: JSONValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// A finite number, also when it is spelled as a string.
  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let text), .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// A whole number, rounded towards zero; nil when it does not fit.
  public var integer: Int64? {
    if case .integer(let value) = self { return value }
    return double.flatMap { Int64(exactly: $0.rounded(.towardZero)) }
  }
}
