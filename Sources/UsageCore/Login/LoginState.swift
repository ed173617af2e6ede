/// What is kept beside droid's own files while and after a login is refreshed. One folder a login, whatever the service.
public struct LoginState: Sendable {
  public let directory: String

  public init(places: Places) {
    let home = Path.resolved(places.factoryDirectory) ?? places.factoryDirectory
    directory = places.stateDirectory + "/login-" + Fingerprint.of(home)
  }

  var lock: String { directory + "/refresh.lock" }
  /// A refresh token was sent and its answer not yet stored.
  var sentFile: String { directory + "/sent" }
  /// A new pair that has not reached droid's store yet.
  var rescuedFile: String { directory + "/rescued" }
  var ledgerFile: String { directory + "/ledger" }
  /// When a keyring gave no key.
  func memory(of keyring: String) -> String { directory + "/" + keyring }
}

/// Notes that a refresh token was sent: enough to know it again, and whether the service still repeats its answer.
struct SentToken: Equatable {
  /// How long the service repeats its answer to the same token.
  static let repeatSeconds: Int64 = 30

  let digest: String
  let at: Moment
  let uptime: Uptime

  /// Whether the same token may be sent again without being taken for a second use.
  func mayBeRepeated(now: Moment, uptime now2: Uptime) -> Bool {
    let passed = uptime.boot == now2.boot ? now2.seconds - uptime.seconds : now.seconds(since: at)
    return (0..<Self.repeatSeconds).contains(passed)
  }

  static func load(_ path: String) -> SentToken? {
    guard let words = KeptLines.load(path, name: "sent"), words.count == 4,
      let at = Int64(words[1]),
      let seconds = Int64(words[3])
    else { return nil }
    return SentToken(
      digest: words[0], at: Moment(seconds: at), uptime: Uptime(boot: words[2], seconds: seconds))
  }

  func store(_ path: String) throws(FileProblem) {
    try KeptLines.store(
      [digest, "\(at.seconds)", uptime.boot.isEmpty ? "-" : uptime.boot, "\(uptime.seconds)"],
      name: "sent", at: path)
  }
}

/// A new pair of tokens, from the moment the service gave it until droid's store has it.
struct RescuedPair: Equatable {
  /// Digest of the refresh token that droid's store still holds.
  let replaces: String
  let pair: TokenPair

  static func load(_ path: String) -> RescuedPair? {
    guard let words = KeptLines.load(path, name: "rescued"), words.count == 3 else { return nil }
    return RescuedPair(
      replaces: words[0], pair: TokenPair(accessToken: words[1], refreshToken: words[2]))
  }

  /// A pair is there and cannot be read for the moment: what droid's store holds is spent then, and must not be sent.
  static func isHidden(_ path: String) -> Bool {
    do throws(FileProblem) {
      _ = try BoundedFile.read(path, limit: KeptLines.limit)
      return false
    } catch {
      if case .missing = error { return false }
      return true
    }
  }

  var words: [String] { [replaces, pair.accessToken, pair.refreshToken] }
}

/// A few words on lines of their own between a name and an end: a torn file counts as none.
enum KeptLines {
  static let limit = 512 * 1024

  static func load(_ path: String, name: String) -> [String]? {
    guard let text = try? BoundedFile.text(path, limit: limit) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 4, lines.first == "droidbar-\(name)\t1", lines[lines.count - 2] == "end"
    else { return nil }
    return Array(lines[1..<(lines.count - 2)])
  }

  static func spell(_ words: [String], name: String) -> String {
    (["droidbar-\(name)\t1"] + words + ["end", ""]).joined(separator: "\n")
  }

  static func store(_ words: [String], name: String, at path: String) throws(FileProblem) {
    try PrivateFile.write(spell(words, name: name), to: path, durably: true)
  }
}
