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

  private static let headerName: StaticString = "droidbar-sessions"
  private static let version: Int64 = 1
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
    var lines = ByteLines(bytes)
    guard var first = lines.next(), first.begins(with: Self.headerName, count: 4),
      first.integer() == Self.version, let day = first.integer(), let count = first.integer(),
      (0...10_000).contains(count)
    else { return nil }
    dayStart = Moment(seconds: day)
    for _ in 0..<count {
      guard var line = lines.next() else { return nil }
      models.append(line.text())
    }
    while var line = lines.next() {
      guard let entry = Entry(&line), entry.model < models.count else { return nil }
      entries.append(entry)
    }
    guard lines.isAtEnd else { return nil }
  }

  func store(at path: String) throws(FileProblem) {
    var text = "\(Self.headerName)\t\(Self.version)\t\(dayStart.seconds)\t\(models.count)\n"
    for model in models { text += model + "\n" }
    for entry in entries {
      text += "\(Int64(bitPattern: entry.key))\t\(entry.modifiedNanoseconds)\t\(entry.model)\t"
      text += "\(entry.count.worked)\t\(entry.count.fromCache)\t"
      text += "\(entry.atMidnight.worked)\t\(entry.atMidnight.fromCache)\n"
    }
    try PrivateFile.write(text, to: path)
  }

  /// A new day has begun: what is known is what it begins with. Sessions that are gone are forgotten.
  mutating func begin(_ day: Moment, with keys: Set<UInt64>) {
    dayStart = day
    entries.removeAll { !keys.contains($0.key) }
    for index in entries.indices { entries[index].atMidnight = entries[index].count }
  }

  /// - Parameter session: nil for a file that is none of Factory's, or has no tokens yet.
  mutating func add(_ session: SessionFile?, _ file: SessionFiles.Found, _ day: LocalDay) {
    entries.append(
      Entry(
        key: file.key, modifiedNanoseconds: file.modifiedNanoseconds,
        model: session.map { place(of: $0.model) } ?? -1, count: session?.count ?? TokenCount(),
        atMidnight: session?.atFirstSight(day) ?? TokenCount()))
  }

  mutating func update(
    _ index: Int, _ session: SessionFile?, _ file: SessionFiles.Found, _ day: LocalDay
  ) {
    entries[index].modifiedNanoseconds = file.modifiedNanoseconds
    guard let session else { return }
    let isFirstSight = entries[index].model < 0
    entries[index].model = place(of: session.model)
    entries[index].count = session.count
    entries[index].atMidnight =
      isFirstSight
      ? session.atFirstSight(day)
      // A count that was set back grows from there again.
      : entries[index].atMidnight.atMost(session.count)
  }

  private mutating func place(of model: String) -> Int {
    if let known = models.firstIndex(of: model) { return known }
    models.append(model)
    return models.count - 1
  }
}

extension SessionFile {
  /// What it counts that is not today's: of one that was begun earlier nobody knows how much of it was today.
  fileprivate func atFirstSight(_ day: LocalDay) -> TokenCount {
    startedAt.map { $0 >= day.start } ?? false ? TokenCount() : count
  }
}

extension SessionIndex.Entry {
  fileprivate init?(_ line: inout ByteLine) {
    guard line.count == 7, let key = line.integer(), let modified = line.integer(),
      let model = line.integer(), let model = Int(exactly: model), model >= -1,
      let worked = line.integer(), let cached = line.integer(), let workedBefore = line.integer(),
      let cachedBefore = line.integer()
    else { return nil }
    self.init(
      key: UInt64(bitPattern: key), modifiedNanoseconds: modified, model: model,
      count: TokenCount(worked: worked, fromCache: cached),
      atMidnight: TokenCount(worked: workedBefore, fromCache: cachedBefore))
  }
}
