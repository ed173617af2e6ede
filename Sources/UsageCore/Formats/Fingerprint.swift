/// A short hash of some values: FNV-1a, 64 bits, http://www.isthe.com/chongo/tech/comp/fnv/.
///
/// Used for file names and to detect changes, never for security.
struct Fingerprint {
  /// The hash of everything that was added.
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Adds a text and a zero byte, so that `ab`, `c` and `a`, `bc` differ.
  mutating func add(_ text: String) {
    for byte in text.utf8 { mix(byte) }
    mix(0)
  }

  /// Adds the eight bytes of a number, the lowest first.
  mutating func add(_ number: Int64) {
    withUnsafeBytes(of: number.littleEndian) { for byte in $0 { mix(byte) } }
  }

  private mutating func mix(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  /// The hash as 16 hexadecimal digits.
  var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The hash of the texts as 16 hexadecimal digits.
  static func of(_ texts: String...) -> String {
    var fingerprint = Fingerprint()
    for text in texts { fingerprint.add(text) }
    return fingerprint.text
  }
}
