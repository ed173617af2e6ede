import UsageCore

/// What was said of each limit, so that it is said once.
public struct NoticeMemory: Equatable, Sendable {
  public struct Entry: Equatable, Sendable {
    /// As in `Limit.id`.
    public var limit: String
    public var stage: NoticeStage
    /// Names the window it was said of.
    public var resetsAt: Moment?
  }

  public static let header = "droidbar-notices\t1"

  /// Whose limits these are, as in `Snapshot.account`.
  public let account: String
  public private(set) var entries: [Entry] = []

  public init(account: String) {
    self.account = account
  }

  /// Of another account, or unreadable: nothing was said yet.
  public init(_ text: String, account: String) {
    self.account = account
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 2, lines[0] == Self.header, lines[1] == account else { return }
    for line in lines[2...] {
      let words = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard words.count == 3, let stage = NoticeStage(rawValue: String(words[1])) else { continue }
      let reset = Int64(words[2]).map { Moment(seconds: $0) }
      entries.append(Entry(limit: String(words[0]), stage: stage, resetsAt: reset))
    }
  }

  public var text: String {
    let lines = entries.map { entry in
      "\(entry.limit)\t\(entry.stage.rawValue)\t\(entry.resetsAt.map { "\($0.seconds)" } ?? "")"
    }
    return ([Self.header, account] + lines + [""]).joined(separator: "\n")
  }

  func entry(of limit: String) -> Entry? {
    entries.first { $0.limit == limit }
  }

  /// Nothing new was said of this limit after all.
  public mutating func restore(_ limit: String, from earlier: NoticeMemory) {
    entries.removeAll { $0.limit == limit }
    if let entry = earlier.entry(of: limit) { entries.append(entry) }
  }

  mutating func note(_ entry: Entry) {
    entries.removeAll { $0.limit == entry.limit }
    if entry.stage != .none { entries.append(entry) }
  }
}
