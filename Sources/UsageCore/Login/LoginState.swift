import CLibraries

/// Our own files about a login, one folder for each login and independent of the service.
public struct LoginState: Sendable {
  /// In the state folder, named after the path of `.factory`.
  public let directory: String

  public init(places: Places) {
    let home = Path.resolved(places.factoryDirectory) ?? places.factoryDirectory
    directory = places.stateDirectory + "/login-" + Fingerprint.of(home)
  }

  var lock: String { directory + "/refresh.lock" }
  /// A `SentToken`.
  var sentFile: String { directory + "/sent" }
  /// A `RescuedPair`.
  public var rescuedFile: String { directory + "/rescued" }
  var ledgerFile: String { directory + "/ledger" }
  var ledger: TokenLedger { TokenLedger.load(ledgerFile) }

  /// Adds to the ledger. Without libcrypto there is no digest.
  func note(_ entry: TokenLedger.Entry, _ digest: String?, at now: Moment) {
    guard let digest else { return }
    var ledger = ledger
    ledger.note(entry, digest, at: now)
    try? ledger.store(ledgerFile)
  }

  /// Whether a refresh was interrupted after it sent its token, and the service still repeats the response.
  public func canRecoverSentToken(now: Moment) -> Bool {
    SentToken.load(sentFile)?.isRepeatable(now: now, uptime: Uptime.now()) ?? false
  }
}

/// A record that a refresh token was sent and its response is not stored yet.
struct SentToken: Equatable {
  /// The service repeats its response to the same token for 30 s. The margin covers connecting.
  static let repeatableSeconds: Int64 = 25

  let digest: String
  let at: Moment
  let uptime: Uptime

  /// Whether the same token can be sent again without counting as a second use.
  func isRepeatable(now: Moment, uptime current: Uptime) -> Bool {
    (0..<Self.repeatableSeconds).contains(secondsAgo(now: now, uptime: current))
  }

  func secondsAgo(now: Moment, uptime current: Uptime) -> Int64 {
    guard uptime.boot == current.boot else { return now.seconds(since: at) }
    return Moment(seconds: current.seconds).seconds(since: Moment(seconds: uptime.seconds))
  }

  static func load(_ path: String) -> SentToken? {
    guard let fields = RecordFile.load(path, name: "sent"), fields.count == 4,
      let at = Int64(fields[1]), let seconds = Int64(fields[3])
    else { return nil }
    return SentToken(
      digest: fields[0], at: Moment(seconds: at),
      uptime: Uptime(boot: fields[2], seconds: seconds))
  }

  func store(_ path: String) throws(FileError) {
    let boot = uptime.boot.isEmpty ? "-" : uptime.boot
    try RecordFile.store(
      [digest, "\(at.seconds)", boot, "\(uptime.seconds)"], name: "sent", at: path)
  }
}

/// A new pair of tokens that is not in droid's store yet.
struct RescuedPair: Equatable {
  /// The digest of the refresh token in droid's store.
  let replaces: String
  let pair: TokenPair

  static func load(_ path: String) -> RescuedPair? {
    guard let fields = RecordFile.load(path, name: "rescued"), fields.count == 3 else { return nil }
    return RescuedPair(
      replaces: fields[0], pair: TokenPair(accessToken: fields[1], refreshToken: fields[2]))
  }

  /// The file exists but cannot be read: the token in droid's store is spent and must not be sent.
  static func isUnreadable(_ path: String) -> Bool {
    do throws(FileError) {
      _ = try BoundedFile.read(path, limit: RecordFile.limit)
      return false
    } catch {
      if case .missing = error { return false }
      return true
    }
  }

  var content: [UInt8] {
    let fields = [replaces, pair.accessToken, pair.refreshToken]
    return Array(RecordFile.encode(fields, name: "rescued").utf8)
  }
}

/// Fields on lines of their own between a header and `end`. A truncated file counts as none.
enum RecordFile {
  static let limit = 512 * 1024

  static func load(_ path: String, name: String) -> [String]? {
    guard let text = try? BoundedFile.text(path, limit: limit) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    guard lines.count >= 4, lines.first == header(name), lines[lines.count - 2] == "end" else {
      return nil
    }
    return Array(lines[1..<(lines.count - 2)])
  }

  static func encode(_ fields: [String], name: String) -> String {
    ([header(name)] + fields + ["end", ""]).joined(separator: "\n")
  }

  static func store(_ fields: [String], name: String, at path: String) throws(FileError) {
    try AtomicFile.write(encode(fields, name: name), to: path, durably: true)
  }

  private static func header(_ name: String) -> String { "droidbar-\(name)\t1" }
}

/// What is known about tokens, by their digests, so that none is sent or refreshed again needlessly.
struct TokenLedger: Equatable {
  enum Entry: String {
    /// A refresh token that the service rejected for good.
    case rejectedRefreshToken = "refused"
    /// An access token that the service rejected although it was just refreshed.
    case rejectedAccessToken = "denied"
    /// An access token from our own refresh.
    case issuedAccessToken = "obtained"
  }

  private struct Line: Equatable {
    let entry: Entry
    let digest: String
    let at: Moment
  }

  static let maximumLines = 32

  private var lines: [Line] = []

  func moment(_ entry: Entry, _ digest: String?) -> Moment? {
    lines.last { $0.entry == entry && $0.digest == digest }?.at
  }

  func has(_ entry: Entry, _ digest: String?) -> Bool {
    moment(entry, digest) != nil
  }

  mutating func note(_ entry: Entry, _ digest: String, at now: Moment) {
    lines.removeAll { $0.entry == entry && $0.digest == digest }
    lines.append(Line(entry: entry, digest: digest, at: now))
    if lines.count > Self.maximumLines { lines.removeFirst(lines.count - Self.maximumLines) }
  }

  static func load(_ path: String) -> TokenLedger {
    var ledger = TokenLedger()
    for line in RecordFile.load(path, name: "ledger") ?? [] {
      let fields = line.split(separator: "\t").map { String($0) }
      guard fields.count == 3, let entry = Entry(rawValue: fields[0]), let at = Int64(fields[2])
      else { continue }
      ledger.lines.append(Line(entry: entry, digest: fields[1], at: Moment(seconds: at)))
    }
    return ledger
  }

  func store(_ path: String) throws(FileError) {
    let fields = lines.map { "\($0.entry.rawValue)\t\($0.digest)\t\($0.at.seconds)" }
    try RecordFile.store(fields, name: "ledger", at: path)
  }
}

/// SHA-256 of a token, for files that must not contain the token.
enum TokenDigest {
  /// Nil without libcrypto.
  static func of(_ token: String) -> String? {
    var digest = [UInt8](repeating: 0, count: Int(CRYPTO_LIBRARY_DIGEST_SIZE))
    let bytes = Array(token.utf8)
    guard crypto_sha256(bytes, bytes.count, &digest) == CRYPTO_OK else { return nil }
    return Hexadecimal.encode(digest)
  }
}
