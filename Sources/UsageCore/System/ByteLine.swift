/// A line of tab-separated words in a file's bytes, taken word by word: no text is made of what is a number.
struct ByteLine {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  /// How many words the line has, its name included.
  let count: Int

  fileprivate init(_ bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    self.end = end
    position = start
    var count = 1
    for index in start..<end where bytes[index] == UInt8(ascii: "\t") { count += 1 }
    self.count = count
  }

  /// Whether the line's first word is `name` and it has this many words; if so, that word is taken.
  mutating func begins(with name: StaticString, count wanted: Int) -> Bool {
    let length = name.utf8CodeUnitCount
    guard count == wanted, end - position >= length else { return false }
    for offset in 0..<length where bytes[position + offset] != name.utf8Start[offset] {
      return false
    }
    let behind = position + length
    guard behind == end || bytes[behind] == UInt8(ascii: "\t") else { return false }
    position = behind + 1
    return true
  }

  /// The next word's place; that word is taken.
  private mutating func range() -> Range<Int> {
    var index = min(position, end)
    let start = index
    while index < end, bytes[index] != UInt8(ascii: "\t") { index += 1 }
    position = index + 1
    return start..<index
  }

  mutating func text() -> String {
    let range = range()
    return String(decoding: bytes[range], as: UTF8.self)
  }

  mutating func integer() -> Int64? {
    let range = range()
    var index = range.lowerBound
    let isNegative = index < range.upperBound && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    guard index < range.upperBound else { return nil }
    var value: Int64 = 0
    while index < range.upperBound {
      guard (0x30...0x39).contains(bytes[index]) else { return nil }
      let digit = Int64(bytes[index] - 0x30)
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) =
        isNegative
        ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
      guard !overflow, !more else { return nil }
      value = sum
      index += 1
    }
    return value
  }

  /// A finite number.
  mutating func double() -> Double? {
    let start = position
    // Most are whole and spelled `63.0`.
    if let whole = wholeBeforePoint() { return whole }
    position = start
    return Double(text()).flatMap { $0.isFinite ? $0 : nil }
  }

  private mutating func wholeBeforePoint() -> Double? {
    let range = range()
    guard range.count > 2, range.count < 15, bytes[range.upperBound - 2] == UInt8(ascii: "."),
      bytes[range.upperBound - 1] == UInt8(ascii: "0")
    else { return nil }
    var value: Int64 = 0
    for byte in bytes[range.lowerBound..<range.upperBound - 2] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    return Double(value)
  }

  /// True when the next word is empty; then it is taken.
  mutating func isEmpty() -> Bool {
    guard position >= end || bytes[position] == UInt8(ascii: "\t") else { return false }
    position += 1
    return true
  }
}

/// The lines of a file's bytes. A last line without its end is torn, and not one of them.
struct ByteLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Every byte was in a line.
  var isAtEnd: Bool { position == bytes.count }

  mutating func next() -> ByteLine? {
    var index = position
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    guard index < bytes.count else { return nil }
    defer { position = index + 1 }
    return ByteLine(bytes, from: position, to: index)
  }
}
