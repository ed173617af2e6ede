import CLibraries

/// The token counts of one droid session, from its `<uuid>.settings.json`.
struct SessionFile {
  static let sizeLimit = 1 << 20
  /// Models with the user's own API keys, which Factory does not bill.
  private static let ownModelPrefix = "custom:"

  let model: String
  let startedAt: Moment?
  /// Since the start of the session.
  let count: TokenCount

  /// Nil for an invalid file, which is possibly being written.
  static func read(_ path: String) -> JSONValue? {
    (try? BoundedFile.read(path, limit: sizeLimit)).flatMap { JSONValue($0) }
  }

  /// Nil without tokens, and for a model that Factory does not bill.
  init?(_ value: JSONValue) {
    // `inclusiveTokenUsage` and `childInclusiveTokenUsageBySessionId` repeat the child sessions' own files.
    guard let usage = value["tokenUsage"] else { return nil }
    // With a router as `model`, this is the model that did the work.
    let effective = value["effectiveFactoryRouterModel"]?["modelId"]?.string
    guard let name = Label.clean(effective ?? value["model"]?.string),
      !name.hasPrefix(Self.ownModelPrefix)
    else { return nil }
    func tokens(_ key: String) -> Int64 { max(0, usage[key]?.integer ?? 0) }
    model = name
    startedAt = DateParser.moment(value["providerLockTimestamp"])
    // `thinkingTokens` may be included in `outputTokens`.
    let worked = ["inputTokens", "outputTokens", "cacheCreationTokens"]
    count = TokenCount(
      worked: worked.reduce(0) { TokenCount.sum($0, tokens($1)) },
      fromCache: tokens("cacheReadTokens"))
  }
}

/// Finds droid's session files without opening them.
struct SessionFiles {
  struct Found {
    let path: String
    /// Identifies the session in the index.
    let key: UInt64
    let modifiedNanoseconds: Int64
  }

  private static let suffix = ".settings.json"
  private static let maximumDepth = 8
  private static let maximumFiles = 200_000

  private(set) var found: [Found] = []

  init(in folder: String) {
    search(folder, depth: 0)
  }

  private mutating func search(_ folder: String, depth: Int) {
    for name in Path.names(in: folder) where found.count < Self.maximumFiles {
      let path = Path.joined(folder, name)
      if name.hasSuffix(Self.suffix), name.utf8.count > Self.suffix.utf8.count,
        let status = FileStatus(link: path), status.isRegular
      {
        var key = Fingerprint()
        // Only the name, so that a moved file stays the same session.
        key.add(name)
        let modified = status.modified
        found.append(
          Found(
            path: path, key: key.value,
            modifiedNanoseconds: modified.seconds &* 1_000_000_000 &+ modified.nanoseconds))
      } else if depth < Self.maximumDepth, !name.hasPrefix("."),
        FileStatus(link: path)?.isFolder == true
      {
        search(path, depth: depth + 1)
      }
    }
  }
}
