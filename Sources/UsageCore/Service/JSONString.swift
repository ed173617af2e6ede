/// A string as JSON spells it. https://www.rfc-editor.org/rfc/rfc8259#section-7
public enum JSONString {
  private static let digits: StaticString = "0123456789abcdef"

  /// By bytes: runs of what needs no escape, and that is nearly all, are copied as they are.
  public static func spelled(_ value: String) -> String {
    var value = value
    return value.withUTF8 { bytes in
      var spelled: [UInt8] = []
      spelled.reserveCapacity(bytes.count + 16)
      spelled.append(UInt8(ascii: "\""))
      var start = 0
      for index in bytes.indices where isSpecial(bytes, index) {
        let isPair = bytes[index] >= 0x80
        spelled.append(contentsOf: bytes[start..<(isPair ? index - 1 : index)])
        start = index + 1
        escape(bytes[index], into: &spelled)
      }
      spelled.append(contentsOf: bytes[start...])
      spelled.append(UInt8(ascii: "\""))
      return String(decoding: spelled, as: UTF8.self)
    }
  }

  /// U+0080 to U+009F are control characters too: the second of their two bytes.
  private static func isSpecial(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    let byte = bytes[index]
    if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7f {
      return true
    }
    return (0x80...0x9f).contains(byte) && index > 0 && bytes[index - 1] == 0xc2
  }

  private static func escape(_ byte: UInt8, into spelled: inout [UInt8]) {
    spelled.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): spelled.append(byte)
    case 0x0a: spelled.append(UInt8(ascii: "n"))
    default:
      spelled += [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")]
      spelled.append(digits.utf8Start[Int(byte >> 4)])
      spelled.append(digits.utf8Start[Int(byte & 15)])
    }
  }
}
