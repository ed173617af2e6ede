/// What is remembered of tokens, by their digests alone, so that none is sent or renewed a second time in vain.
struct TokenLedger: Equatable {
  enum Entry: String {
    /// A refresh token the service refused for good.
    case refused
    /// An access token that the service refused although it had just been renewed.
    case denied
    /// An access token that was due by its age and whose renewal was tried.
    case attempted
    /// An access token of our own renewal.
    case obtained
  }

  static let longest = 32

  private var lines: [(entry: Entry, digest: String, at: Moment)] = []

  static func == (left: TokenLedger, right: TokenLedger) -> Bool {
    left.words == right.words
  }

  func moment(_ entry: Entry, _ digest: String?) -> Moment? {
    lines.last { $0.entry == entry && $0.digest == digest }?.at
  }

  func has(_ entry: Entry, _ digest: String?) -> Bool {
    moment(entry, digest) != nil
  }

  mutating func note(_ entry: Entry, _ digest: String, at now: Moment) {
    lines.removeAll { $0.entry == entry && $0.digest == digest }
    lines.append((entry, digest, now))
    if lines.count > Self.longest { lines.removeFirst(lines.count - Self.longest) }
  }

  static func load(_ path: String) -> TokenLedger {
    var ledger = TokenLedger()
    for line in KeptLines.load(path, name: "ledger") ?? [] {
      let words = line.split(separator: "\t").map(String.init)
      guard words.count == 3, let entry = Entry(rawValue: words[0]), let at = Int64(words[2]) else {
        continue
      }
      ledger.lines.append((entry, words[1], Moment(seconds: at)))
    }
    return ledger
  }

  func store(_ path: String) throws(FileProblem) {
    try KeptLines.store(words, name: "ledger", at: path)
  }

  private var words: [String] {
    lines.map { "\($0.entry.rawValue)\t\($0.digest)\t\($0.at.seconds)" }
  }
}
