/// Asks a keyring at most once an hour after it gave no key, so that a locked one is not prompted for at every poll.
///
/// A store file that changed since is a reason to ask again at once: somebody logged in.
public struct GuardedKeySource: KeySource {
  static let pauseSeconds: Int64 = 3600

  let source: any KeySource
  /// Names the keyring in the memory's lines.
  let name: String
  let memoryPath: String
  /// How the login's files look.
  let loginStamp: String
  let isDisabled: Bool
  /// Somebody asked by hand: the pause does not count.
  let asksAgain: Bool
  let now: Moment

  public init(
    _ source: any KeySource, name: String, memoryPath: String, loginStamp: String, isDisabled: Bool,
    asksAgain: Bool,
    now: Moment
  ) {
    self.source = source
    self.name = name
    self.memoryPath = memoryPath
    self.loginStamp = loginStamp
    self.isDisabled = isDisabled
    self.asksAgain = asksAgain
    self.now = now
  }

  /// droid's own switch.
  static func isDisabled(_ environment: Environment) -> Bool {
    environment["FACTORY_DISABLE_KEYRING"].map { ["1", "true"].contains($0) } ?? false
  }

  public func keys() throws(KeySourceProblem) -> [EncryptionKey] {
    if isDisabled { throw .disabled }
    if !asksAgain && isPausing { throw .notAskedAgain }
    do throws(KeySourceProblem) {
      let keys = try source.keys()
      unlink(memoryPath)
      return keys
    } catch {
      try? PrivateFile.write("\(name)\t\(loginStamp)\t\(now.seconds)\n", to: memoryPath)
      throw error
    }
  }

  private var isPausing: Bool {
    guard let text = try? BoundedFile.text(memoryPath, limit: 1024) else { return false }
    let words = trim(text).split(separator: "\t")
    guard words.count == 3, words[0] == name, words[1] == loginStamp, let asked = Int64(words[2])
    else { return false }
    return (0..<Self.pauseSeconds).contains(now.seconds(since: Moment(seconds: asked)))
  }
}
