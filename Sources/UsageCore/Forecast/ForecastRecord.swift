/// How often the forecasts for a limit were right.
public struct ForecastScore: Equatable, Sendable {
  /// A `LimitID`.
  public let limit: String
  /// Windows that ran out while "runs out" was shown.
  public internal(set) var right = 0
  /// Windows in which it was shown and that lasted until their reset.
  public internal(set) var wrong = 0
  /// Windows that ran out while it was not shown.
  public internal(set) var unannounced = 0

  public init(limit: String, right: Int = 0, wrong: Int = 0, unannounced: Int = 0) {
    self.limit = limit
    self.right = right
    self.wrong = wrong
    self.unannounced = unannounced
  }
}

/// The scores of an account, and what is known of the current windows to go on counting.
struct ForecastRecord: Equatable {
  struct Entry: Equatable {
    enum Window: String {
      case open
      /// A forecast is shown.
      case shown
      /// A forecast was shown earlier.
      case wasShown = "was-shown"
      /// It ran out, and has been counted.
      case counted
    }

    var score: ForecastScore
    /// Identifies the window.
    var resetsAt: Moment?
    var window: Window
  }

  private static let prefix = "forecasts-"
  private static let header = ["droidbar-forecasts", "1"]
  private static let maximumBytes = 16 * 1024

  private(set) var entries: [Entry] = []

  /// Counts what the data says about the forecasts that were shown before.
  mutating func note(_ data: Snapshot.UsageData) {
    for share in Sample(data, utcOffset: 0).shares {
      let end = data.trends.first { $0.limit == share.limit }?.forecast?.end
      note(share, isShown: end?.isShown ?? false)
    }
  }

  private mutating func note(_ share: Sample.Share, isShown: Bool) {
    let isFull = share.usedPercent >= 100
    guard let index = entries.firstIndex(where: { $0.score.limit == share.limit }) else {
      guard entries.count < Sample.maximumShares else { return }
      entries.append(
        Entry(
          score: ForecastScore(limit: share.limit), resetsAt: share.resetsAt,
          window: isFull ? .counted : isShown ? .shown : .open))
      return
    }
    var entry = entries[index]
    if Window.isSame(share.resetsAt, entry.resetsAt) {
      if isFull {
        if entry.window == .shown { entry.score.right += 1 }
        if entry.window == .open || entry.window == .wasShown { entry.score.unannounced += 1 }
        entry.window = .counted
      } else if entry.window != .counted {
        entry.window = isShown ? .shown : entry.window == .open ? .open : .wasShown
      }
    } else {
      if entry.window == .shown || entry.window == .wasShown { entry.score.wrong += 1 }
      entry.window = isFull ? .counted : isShown ? .shown : .open
    }
    entry.resetsAt = share.resetsAt
    entries[index] = entry
  }

  /// A missing or invalid file counts as empty.
  static func load(folder: String, account: String) -> ForecastRecord {
    var record = ForecastRecord()
    guard let bytes = try? BoundedFile.read(path(folder, account), limit: maximumBytes),
      let lines = TabSeparated.lines(bytes), lines.first == header
    else { return record }
    for line in lines.dropFirst().prefix(Sample.maximumShares) {
      guard line.count == 6, let window = Entry.Window(rawValue: line[2]),
        let right = Int(line[3]), let wrong = Int(line[4]), let unannounced = Int(line[5]),
        [right, wrong, unannounced].allSatisfy({ (0..<1_000_000).contains($0) })
      else { continue }
      record.entries.append(
        Entry(
          score: ForecastScore(
            limit: line[0], right: right, wrong: wrong, unannounced: unannounced),
          resetsAt: Int64(line[1]).map { Moment(seconds: $0) }, window: window))
    }
    return record
  }

  func store(folder: String, account: String) throws(FileError) {
    let lines = entries.map { entry in
      [
        entry.score.limit, entry.resetsAt.map { "\($0.seconds)" } ?? "", entry.window.rawValue,
        "\(entry.score.right)", "\(entry.score.wrong)", "\(entry.score.unannounced)",
      ]
    }
    let text = ([Self.header] + lines).map { TabSeparated.line($0) }.joined()
    try AtomicFile.write(text, to: Self.path(folder, account))
  }

  private static func path(_ folder: String, _ account: String) -> String {
    Path.joined(folder, prefix + Fingerprint.of(account))
  }
}
