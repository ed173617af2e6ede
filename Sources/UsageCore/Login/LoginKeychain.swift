/// The macOS Keychain, asked through `security`.
public struct LoginKeychain: KeySource {
  let child: ChildProcess

  public init(child: ChildProcess) {
    self.child = child
  }

  public func keys() throws(KeySourceProblem) -> [EncryptionKey] {
    let output = try password(service: "Factory CLI", account: "auth-encryption-key-security-cli")
    guard let key = EncryptionKey(output) else { throw .noKey }
    return [key]
  }

  /// The login itself, from the first entry that holds something.
  public func entry() -> [UInt8]? {
    for service in ["Factory Token", "Factory token", "Factory Auth", "Droid Auth"] {
      if let found = try? password(service: service, account: nil) { return found }
    }
    return nil
  }

  /// What an item holds; `security` ends it with a line break of its own.
  func password(service: String, account: String?) throws(KeySourceProblem) -> [UInt8] {
    let arguments =
      ["find-generic-password", "-s", service] + (account.map { ["-a", $0] } ?? []) + ["-w"]
    let result: ChildProcess.Result
    do throws(ChildProcess.Failure) {
      result = try child.run(
        "security", arguments, limitMilliseconds: SecretService.limitMilliseconds)
    } catch {
      switch error {
      case .notFound: throw .toolMissing(name: "security", package: "macOS")
      case .noAnswer: throw .noAnswer(seconds: SecretService.limitMilliseconds / 1000)
      case .failed: throw .noKey
      }
    }
    guard result.status == 0, !result.output.isEmpty else { throw .noKey }
    return result.output.last == UInt8(ascii: "\n") ? result.output.dropLast() : result.output
  }
}
