/// JSON spelled by hand: a print opens no encoder. https://www.rfc-editor.org/rfc/rfc8259
public struct JSONText {
  public init() {}

  private var text = "{"

  public mutating func add(_ key: String, _ value: String) {
    addRaw(key, Self.string(value))
  }

  public mutating func add(_ key: String, _ value: Int64) {
    addRaw(key, "\(value)")
  }

  /// A finite number; any other is left out.
  public mutating func add(_ key: String, _ value: Double) {
    guard value.isFinite else { return }
    addRaw(key, value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)")
  }

  public mutating func add(_ key: String, _ value: Bool) {
    addRaw(key, value ? "true" : "false")
  }

  public mutating func add(_ key: String, _ values: [String]) {
    addRaw(key, "[" + values.map(Self.string).joined(separator: ",") + "]")
  }

  public mutating func add(_ key: String, objects: [JSONText]) {
    addRaw(key, "[" + objects.map(\.closed).joined(separator: ",") + "]")
  }

  public mutating func add(_ key: String, object: JSONText) {
    addRaw(key, object.closed)
  }

  public var closed: String { text + "}" }

  private mutating func addRaw(_ key: String, _ value: String) {
    if text.utf8.count > 1 { text += "," }
    text += Self.string(key) + ":" + value
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// By bytes: what needs no escape, and that is nearly all, is copied as it is.
  static func string(_ value: String) -> String {
    var spelled: [UInt8] = [UInt8(ascii: "\"")]
    spelled.reserveCapacity(value.utf8.count + 16)
    var wasC2 = false
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        spelled.append(UInt8(ascii: "\\"))
        spelled.append(byte)
      case 0x0a:
        spelled.append(UInt8(ascii: "\\"))
        spelled.append(UInt8(ascii: "n"))
      case 0..<0x20, 0x7f: escape(byte, into: &spelled)
      case 0x80...0x9f where wasC2:
        // U+0080 to U+009F are control characters too.
        spelled.removeLast()
        escape(byte, into: &spelled)
      default: spelled.append(byte)
      }
      wasC2 = byte == 0xc2
    }
    spelled.append(UInt8(ascii: "\""))
    return String(decoding: spelled, as: UTF8.self)
  }

  private static func escape(_ byte: UInt8, into spelled: inout [UInt8]) {
    spelled += [UInt8(ascii: "\\"), UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")]
    spelled.append(digits[Int(byte >> 4)])
    spelled.append(digits[Int(byte & 15)])
  }
}
