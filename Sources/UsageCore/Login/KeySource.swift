import CLibraries

/// A keyring that contains the key of an envelope.
protocol KeySource: AnyObject {
  /// The keys stored for droid, the most likely first. Duplicates occur.
  func keys() throws(KeySourceProblem) -> [EncryptionKey]
}

/// Why a keyring returned no key.
enum KeySourceProblem: Error, Equatable, Sendable {
  /// `FACTORY_DISABLE_KEYRING`.
  case disabled
  case toolMissing(name: String, package: String)
  /// Probably waiting for its password.
  case timedOut(seconds: Int)
  /// Locked, or without a key.
  case noKey
  /// It returned no key recently and is not queried again yet.
  case notAskedAgain

  /// A sentence without its period.
  var sentence: String {
    switch self {
    case .disabled: "the keyring is disabled by FACTORY_DISABLE_KEYRING"
    case .toolMissing(let name, let package): "\(name) is not installed: install \(package)"
    case .timedOut(let seconds): "the keyring did not respond within \(seconds) s: unlock it"
    case .noKey: "the keyring is locked or has no key for droid: unlock it, or log in with droid"
    case .notAskedAgain:
      "the keyring returned no key: unlock it, then run 'droidbar refresh --force'"
    }
  }
}

/// Queries a keyring at most once an hour after it returned no key, because each attempt may show a password prompt.
///
/// A changed login file ends the pause immediately.
final class GuardedKeySource: KeySource {
  static let pauseSeconds: Int64 = 3600

  private let source: any KeySource
  private let name: String
  private let recordPath: String
  private let loginStamp: String
  private let isDisabled: Bool
  private let ignoresPause: Bool
  private let now: Moment

  /// A failed attempt is recorded at `recordPath`. `ignoresPause` is true for `--force`.
  init(
    _ source: any KeySource, name: String, recordPath: String, loginStamp: String,
    isDisabled: Bool, ignoresPause: Bool, now: Moment
  ) {
    self.source = source
    self.name = name
    self.recordPath = recordPath
    self.loginStamp = loginStamp
    self.isDisabled = isDisabled
    self.ignoresPause = ignoresPause
    self.now = now
  }

  /// droid's own variable.
  static func isDisabled(_ environment: Environment) -> Bool {
    let value = environment["FACTORY_DISABLE_KEYRING"]
    return value == "1" || value == "true"
  }

  /// Throws `notAskedAgain` during the pause.
  func keys() throws(KeySourceProblem) -> [EncryptionKey] {
    if isDisabled { throw .disabled }
    if !ignoresPause && isPaused { throw .notAskedAgain }
    do throws(KeySourceProblem) {
      let keys = try source.keys()
      unlink(recordPath)
      return keys
    } catch {
      let record = TabSeparated.line([name, loginStamp, "\(now.seconds)"])
      try? PrivateFile.write(record, to: recordPath)
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
final class SecretService: KeySource {
  static let limitMilliseconds = 2000
  private static let attributes = ["service", "Factory CLI", "account", "auth-encryption-key"]

  private let child: ChildProcess

  init(child: ChildProcess) {
    self.child = child
  }

  /// Runs `secret-tool` twice, with a limit of 2 seconds each.
  func keys() throws(KeySourceProblem) -> [EncryptionKey] {
    let found = Self.keys(in: try run(["lookup"] + Self.attributes))
    // Several logins may leave several items, of which `lookup` returns any.
    let all = Self.keys(in: (try? run(["search", "--all"] + Self.attributes)) ?? [])
    let keys = found + all.filter { !found.contains($0) }
    guard !keys.isEmpty else { throw .noKey }
    return keys
  }

  private func run(_ arguments: [String]) throws(KeySourceProblem) -> [UInt8] {
    do throws(ChildProcess.Failure) {
      return try child.run("secret-tool", arguments, limitMilliseconds: Self.limitMilliseconds)
        .output
    } catch {
      switch error {
      case .notFound: throw .toolMissing(name: "secret-tool", package: "libsecret-tools")
      case .timedOut: throw .timedOut(seconds: Self.limitMilliseconds / 1000)
      case .failed: throw .noKey
      }
    }
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
final class LoginKeychain: KeySource {
  private let child: ChildProcess

  init(child: ChildProcess) {
    self.child = child
  }

  /// The one key that droid stores, within 2 seconds.
  func keys() throws(KeySourceProblem) -> [EncryptionKey] {
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

  private func password(service: String, account: String?) throws(KeySourceProblem) -> [UInt8] {
    let arguments =
      ["find-generic-password", "-s", service] + (account.map { ["-a", $0] } ?? []) + ["-w"]
    let result: ChildProcess.Result
    do throws(ChildProcess.Failure) {
      result = try child.run(
        "security", arguments, limitMilliseconds: SecretService.limitMilliseconds)
    } catch {
      switch error {
      case .notFound: throw .toolMissing(name: "security", package: "macOS")
      case .timedOut: throw .timedOut(seconds: SecretService.limitMilliseconds / 1000)
      case .failed: throw .noKey
      }
    }
    guard result.status == 0, !result.output.isEmpty else { throw .noKey }
    // `security` appends a newline.
    return result.output.last == UInt8(ascii: "\n") ? result.output.dropLast() : result.output
  }
}
