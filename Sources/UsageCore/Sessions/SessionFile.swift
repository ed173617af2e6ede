/// What one session says of itself: its counts grow as it goes on.
struct SessionFile {
  static let limit = 1 << 20
  /// Models of the user's own keys: Factory does not bill them.
  private static let ownPrefix = "custom:"

  let model: String
  let startedAt: Moment?
  let count: TokenCount

  enum Content {
    case counted(SessionFile)
    /// Without tokens yet, or of a model that Factory does not count.
    case notCounted
    /// Perhaps being written at this moment.
    case unreadable
  }

  static func read(_ path: String) -> Content {
    guard let bytes = try? BoundedFile.read(path, limit: limit), let value = JSONValue(bytes)
    else { return .unreadable }
    return SessionFile(value).map { .counted($0) } ?? .notCounted
  }

  init?(_ value: JSONValue) {
    // `inclusiveTokenUsage` repeats what the session's children say of themselves.
    guard let usage = value["tokenUsage"], let name = Label.clean(value["model"]?.string),
      !name.hasPrefix(Self.ownPrefix)
    else { return nil }
    func tokens(_ key: String) -> Int64 { max(0, usage[key]?.integer ?? 0) }
    model = name
    startedAt = Timestamp.moment(value["providerLockTimestamp"])
    let worked = ["inputTokens", "outputTokens", "cacheCreationTokens", "thinkingTokens"]
    count = TokenCount(
      worked: worked.reduce(0) { TokenCount.sum($0, tokens($1)) },
      fromCache: tokens("cacheReadTokens"))
  }
}
