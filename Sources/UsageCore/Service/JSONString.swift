/// A string as JSON spells it. https://www.rfc-editor.org/rfc/rfc8259#section-7
public enum JSONString {
  private static let digits: StaticString = "0123456789abcdef"

  /// By bytes: what needs no escape, and that is nearly all, is copied as it is.
  public static func spelled(_ value: String) -> String {
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
    spelled.append(digits.utf8Start[Int(byte >> 4)])
    spelled.append(digits.utf8Start[Int(byte & 15)])
  }
}
