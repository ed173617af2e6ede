/// What every session file said when it was last read, so that only those that changed are read again.
struct SessionIndex {
  struct Entry {
    let key: UInt64
    var modifiedNanoseconds: Int64
    /// Its place in `models`; of a file that is no session of Factory's, -1.
    var model: Int
    var count: TokenCount
    /// The count at the beginning of the day.
    var atMidnight: TokenCount

    var today: TokenCount { count.subtracting(atMidnight) }
  }

  private static let header = "droidbar-sessions\t1"
  private static let limit = 32 << 20

  /// The midnight that the counts of today begin at.
  var dayStart: Moment
  var models: [String] = []
  var entries: [Entry] = []

  init(dayStart: Moment) {
    self.dayStart = dayStart
  }

  /// Nil when there is none, or none that can be read.
  init?(path: String) {
    guard let bytes = try? BoundedFile.read(path, limit: Self.limit) else { return nil }
    var lines = IndexLines(bytes)
    guard lines.nextLine() == Self.header, lines.nextLine() != nil, let day = lines.number() else {
      return nil
    }
    dayStart = Moment(seconds: day)
    guard let count = lines.number(), count >= 0, count <= 10_000 else { return nil }
    for _ in 0..<count {
      guard let model = lines.nextLine() else { return nil }
      models.append(model)
    }
    while let key = lines.number() {
      guard let modified = lines.number(), let model = lines.number(),
        let worked = lines.number(), let cached = lines.number(), let workedBefore = lines.number(),
        let cachedBefore = lines.number(), model >= -1, model < models.count
      else { return nil }
      entries.append(
        Entry(
          key: UInt64(bitPattern: key), modifiedNanoseconds: modified, model: Int(model),
          count: TokenCount(worked: worked, fromCache: cached),
          atMidnight: TokenCount(worked: workedBefore, fromCache: cachedBefore)))
    }
    guard lines.isAtEnd else { return nil }
  }

  func store(at path: String) throws(FileProblem) {
    var text = Self.header + "\n\n\(dayStart.seconds)\t\(models.count)\n"
    for model in models { text += model + "\n" }
    for entry in entries {
      text += "\(Int64(bitPattern: entry.key))\t\(entry.modifiedNanoseconds)\t\(entry.model)\t"
      text += "\(entry.count.worked)\t\(entry.count.fromCache)\t"
      text += "\(entry.atMidnight.worked)\t\(entry.atMidnight.fromCache)\n"
    }
    try PrivateFile.write(text, to: path)
  }

  /// A new day has begun: what is known is what it begins with.
  mutating func begin(_ day: Moment) {
    dayStart = day
    for index in entries.indices { entries[index].atMidnight = entries[index].count }
  }

  mutating func place(of model: String) -> Int {
    if let known = models.firstIndex(of: model) { return known }
    models.append(model)
    return models.count - 1
  }
}

/// Numbers and lines out of bytes, one after the other: ten thousand lines take no longer than reading them.
private struct IndexLines {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func nextLine() -> String? {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let line = String(decoding: bytes[position..<end], as: UTF8.self)
    position = end + 1
    return line
  }

  /// The number here and the tab or the line's end behind it.
  mutating func number() -> Int64? {
    var index = position
    let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var value: Int64 = 0
    let start = index
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(bytes[index] - 0x30)
      let (sum, more) =
        isNegative
        ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
      guard !overflow, !more else { return nil }
      value = sum
      index += 1
    }
    guard index > start, index < bytes.count,
      bytes[index] == UInt8(ascii: "\t") || bytes[index] == UInt8(ascii: "\n")
    else { return nil }
    position = index + 1
    return value
  }
}
