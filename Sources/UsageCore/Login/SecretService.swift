/// The Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC), asked through libsecret's `secret-tool`.
public struct SecretService: KeySource {
  static let limitMilliseconds = 2000
  private static let attributes = ["service", "Factory CLI", "account", "auth-encryption-key"]

  let child: ChildProcess

  public init(child: ChildProcess) {
    self.child = child
  }

  public func keys() throws(KeySourceProblem) -> [EncryptionKey] {
    let found = Self.keys(in: try ask(["lookup"] + Self.attributes))
    // Logging in twice leaves two items behind, and `lookup` gives either.
    let all = Self.keys(in: (try? ask(["search", "--all"] + Self.attributes)) ?? [])
    let keys = found + all.filter { !found.contains($0) }
    guard !keys.isEmpty else { throw .noKey }
    return keys
  }

  private func ask(_ arguments: [String]) throws(KeySourceProblem) -> [UInt8] {
    do throws(ChildProcess.Failure) {
      return try child.run("secret-tool", arguments, limitMilliseconds: Self.limitMilliseconds)
        .output
    } catch {
      switch error {
      case .notFound: throw .toolMissing(name: "secret-tool", package: "libsecret-tools")
      case .noAnswer: throw .noAnswer(seconds: Self.limitMilliseconds / 1000)
      case .failed: throw .noKey
      }
    }
  }

  /// `lookup` prints the secret alone, `search` prints it as `secret = …` among other lines.
  static func keys(in output: [UInt8]) -> [EncryptionKey] {
    if let key = EncryptionKey(output) { return [key] }
    return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap {
      line in
      guard line.hasPrefix("secret = ") else { return nil }
      return EncryptionKey(Array(line.dropFirst("secret = ".count).utf8))
    }
  }
}
