import CLibraries

/// Returns the keys that are stored for droid, the most likely first. Duplicates occur.
typealias KeySource = () throws(KeySourceError) -> [EncryptionKey]

/// Why there is no key.
enum KeySourceError: Error, Equatable, Sendable {
  /// `FACTORY_DISABLE_KEYRING`.
  case disabled
  case toolMissing(name: String, package: String)
  /// Probably waiting for its password.
  case timedOut(seconds: Int)
  /// Locked, or without a key.
  case noKey
  /// It returned no key recently and is not queried again yet.
  case notAskedAgain
  /// The key is in a file, which cannot be read.
  case file(FileError)

  /// A sentence without its period.
  var sentence: String {
    switch self {
    case .disabled: "the keyring is disabled by FACTORY_DISABLE_KEYRING"
    case .toolMissing(let name, let package): "\(name) is not installed: install \(package)"
    case .timedOut(let seconds): "the keyring did not respond within \(seconds) s: unlock it"
    case .noKey: "the keyring is locked or has no key for droid: unlock it, or log in with droid"
    case .notAskedAgain:
      "the keyring returned no key: unlock it, then run 'droidbar refresh --force'"
    case .file(let problem): problem.sentence
    }
  }
}

/// Queries a keyring at most once an hour after it returned no key, because each attempt may show a password prompt.
///
/// A changed login file ends the pause immediately.
struct GuardedKeySource {
  static let pauseSeconds: Int64 = 3600

  let source: KeySource
  let name: String
  /// Where a failed attempt is recorded.
  let recordPath: String
  let loginStamp: String
  let isDisabled: Bool
  /// For `--force`.
  let ignoresPause: Bool
  let now: Moment

  /// droid's own variable.
  static func isDisabled(_ environment: Environment) -> Bool {
    let value = environment["FACTORY_DISABLE_KEYRING"]
    return value == "1" || value == "true"
  }

  /// Throws `notAskedAgain` during the pause.
  func keys() throws(KeySourceError) -> [EncryptionKey] {
    if isDisabled { throw .disabled }
    if !ignoresPause && isPaused { throw .notAskedAgain }
    do throws(KeySourceError) {
      let keys = try source()
      unlink(recordPath)
      return keys
    } catch {
      let record = TabSeparated.line([name, loginStamp, "\(now.seconds)"])
      try? AtomicFile.write(record, to: recordPath)
      throw error
    }
  }

  private var isPaused: Bool {
    guard let bytes = try? BoundedFile.read(recordPath, limit: 1024),
      let fields = TabSeparated.lines(bytes)?.first, fields.count == 3, fields[0] == name,
      fields[1] == loginStamp, let asked = Int64(fields[2])
    else { return false }
    return (0..<Self.pauseSeconds).contains(now.seconds(since: Moment(seconds: asked)))
  }
}

/// The Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC), through libsecret's `secret-tool`.
struct SecretService {
  private static let attributes = ["service", "Factory CLI", "account", "auth-encryption-key"]

  let child: ChildProcess

  /// Runs `secret-tool` twice.
  func keys() throws(KeySourceError) -> [EncryptionKey] {
    let found = Self.keys(in: try run(["lookup"] + Self.attributes))
    // Several logins may leave several items, of which `lookup` returns an arbitrary one.
    let all = Self.keys(in: (try? run(["search", "--all"] + Self.attributes)) ?? [])
    let keys = found + all.filter { !found.contains($0) }
    guard !keys.isEmpty else { throw .noKey }
    return keys
  }

  private func run(_ arguments: [String]) throws(KeySourceError) -> [UInt8] {
    try child.runKeyringTool("secret-tool", arguments, package: "libsecret-tools").output
  }

  /// `lookup` prints the secret alone, `search` prints it as `secret = …` among other lines.
  static func keys(in output: [UInt8]) -> [EncryptionKey] {
    if let key = EncryptionKey(output) { return [key] }
    return String(decoding: output, as: UTF8.self).split(whereSeparator: { $0.isNewline })
      .compactMap { line in
        guard line.hasPrefix("secret = ") else { return nil }
        return EncryptionKey(Array(line.dropFirst("secret = ".count).utf8))
      }
  }
}

/// The macOS Keychain, through `security`.
struct LoginKeychain {
  let child: ChildProcess

  /// The one key that droid stores.
  func keys() throws(KeySourceError) -> [EncryptionKey] {
    let output = try password(service: "Factory CLI", account: "auth-encryption-key-security-cli")
    guard let key = EncryptionKey(output) else { throw .noKey }
    return [key]
  }

  /// The first item that contains a login document itself.
  func entry() -> [UInt8]? {
    for service in ["Factory Token", "Factory token", "Factory Auth", "Droid Auth"] {
      if let found = try? password(service: service, account: nil) { return found }
    }
    return nil
  }

  #if os(macOS)
    static let isAvailable = true
  #else
    static let isAvailable = false
  #endif

  private func password(service: String, account: String?) throws(KeySourceError) -> [UInt8] {
    let arguments =
      ["find-generic-password", "-s", service] + (account.map { ["-a", $0] } ?? []) + ["-w"]
    let result = try child.runKeyringTool("security", arguments, package: "macOS")
    guard result.status == 0, !result.output.isEmpty else { throw .noKey }
    // `security` appends a newline.
    return result.output.last == UInt8(ascii: "\n") ? result.output.dropLast() : result.output
  }
}

extension ChildProcess {
  /// Runs a program of `package` that queries a keyring, for at most 2 seconds.
  fileprivate func runKeyringTool(_ name: String, _ arguments: [String], package: String)
    throws(KeySourceError) -> Result
  {
    let limitSeconds = 2
    do throws(Failure) {
      return try run(name, arguments, limitMilliseconds: limitSeconds * 1000)
    } catch {
      switch error {
      case .notFound: throw .toolMissing(name: name, package: package)
      case .timedOut: throw .timedOut(seconds: limitSeconds)
      case .failed: throw .noKey
      }
    }
  }
}
