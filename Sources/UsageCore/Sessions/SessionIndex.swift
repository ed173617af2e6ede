/// The last known counts of every session file, so that only changed files are read again.
struct SessionIndex: Equatable {
  struct Entry: Equatable {
    let key: UInt64
    var modifiedNanoseconds: Int64
    /// An index into `models`; -1 for a file that is not counted.
    var model: Int
    var count: TokenCount
    /// The count at the start of the day.
    var atMidnight: TokenCount

    var today: TokenCount { count.subtracting(atMidnight) }
  }

  private static let header = "droidbar-sessions"
  private static let version = "1"
  private static let sizeLimit = 32 << 20

  var dayStart: Moment
  var models: [String] = []
  /// Sorted by key.
  var entries: [Entry] = []
}

extension SessionIndex {
  /// Nil when the file is missing or damaged.
  init?(path: String) {
    guard let bytes = try? BoundedFile.read(path, limit: Self.sizeLimit),
      let lines = TabSeparated.lines(bytes), let first = lines.first, first.count == 4,
      first[0] == Self.header, first[1] == Self.version, let day = Int64(first[2]),
      let modelCount = Int(first[3]), (0..<lines.count).contains(modelCount)
    else { return nil }
    dayStart = Moment(seconds: day)
    models = lines[1..<1 + modelCount].map { $0[0] }
    for line in lines[(1 + modelCount)...] {
      guard let entry = Entry(line), entry.model < models.count else { return nil }
      entries.append(entry)
    }
  }

  func store(at path: String) throws(FileError) {
    var text = TabSeparated.line([
      Self.header, Self.version, "\(dayStart.seconds)", "\(models.count)",
    ])
    for model in models { text += TabSeparated.line([model]) }
    for entry in entries { text += TabSeparated.line(entry.fields) }
    try AtomicFile.write(text, to: path)
  }

  /// Starts a new day from the current counts.
  mutating func begin(_ day: Moment) {
    dayStart = day
    for index in entries.indices { entries[index].atMidnight = entries[index].count }
  }

  /// Keeps the entry of a deleted file while it has tokens of today.
  mutating func keepDeleted(_ entry: Entry) {
    if !entry.today.isZero { entries.append(entry) }
  }

  /// Appends the entry of a file that is new or has changed since its `earlier` entry.
  ///
  /// `session` is nil for a file that is not counted.
  mutating func add(
    _ session: SessionFile?, _ file: SessionFiles.Found, after earlier: Entry?, _ day: LocalDay
  ) {
    var entry =
      earlier
      ?? Entry(
        key: file.key, modifiedNanoseconds: 0, model: -1, count: TokenCount(),
        atMidnight: TokenCount())
    entry.modifiedNanoseconds = file.modifiedNanoseconds
    if let session {
      let isNew = entry.model < 0
      entry.model = index(of: session.model)
      entry.count = session.count
      entry.atMidnight =
        isNew
        ? session.initialCount(day)
        // A counter that was reset counts from there.
        : entry.atMidnight.atMost(session.count)
    }
    entries.append(entry)
  }

  private mutating func index(of model: String) -> Int {
    if let known = models.firstIndex(of: model) { return known }
    models.append(model)
    return models.count - 1
  }
}

extension SessionFile {
  /// The tokens that are not counted as today's. For a session from before today nobody knows how many were.
  fileprivate func initialCount(_ day: LocalDay) -> TokenCount {
    startedAt.map { $0 >= day.start } ?? false ? TokenCount() : count
  }
}

extension SessionIndex.Entry {
  fileprivate init?(_ fields: [String]) {
    let numbers = fields.compactMap { Int64($0) }
    guard fields.count == 7, numbers.count == 7, let model = Int(exactly: numbers[2]), model >= -1
    else { return nil }
    self.init(
      key: UInt64(bitPattern: numbers[0]), modifiedNanoseconds: numbers[1], model: model,
      count: TokenCount(worked: numbers[3], fromCache: numbers[4]),
      atMidnight: TokenCount(worked: numbers[5], fromCache: numbers[6]))
  }

  fileprivate var fields: [String] {
    [
      Int64(bitPattern: key), modifiedNanoseconds, Int64(model), count.worked, count.fromCache,
      atMidnight.worked, atMidnight.fromCache,
    ].map { "\($0)" }
  }
}
