/// Where the key of an envelope is kept when it is not a file: a desktop's keyring.
public protocol KeySource {
  /// The keys kept for droid, most likely first. Duplicates occur.
  func keys() throws(KeySourceProblem) -> [EncryptionKey]
}

/// Why a keyring gave no key.
public enum KeySourceProblem: Error, Equatable, Sendable {
  /// `FACTORY_DISABLE_KEYRING`.
  case disabled
  case toolMissing(name: String, package: String)
  /// No answer within the limit: it probably waits for its password.
  case noAnswer(seconds: Int)
  /// It answered without a key: it is locked, or holds none.
  case noKey
  /// It gave no key a short while ago and is not asked again so soon.
  case notAskedAgain

  /// A sentence without its full stop: what is wrong and what to do.
  public var sentence: String {
    switch self {
    case .disabled: "the keyring is switched off by FACTORY_DISABLE_KEYRING"
    case .toolMissing(let name, let package): "\(name) is not installed: install \(package)"
    case .noAnswer(let seconds): "the keyring gave no answer in \(seconds) s: unlock it"
    case .noKey: "the keyring is locked or has no key of droid's: unlock it, or log in with droid"
    case .notAskedAgain: "the keyring gave no key: unlock it, then 'droidbar refresh --force'"
    }
  }
}
