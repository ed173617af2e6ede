import CLibraries

/// The places that may contain a login.
enum LoginStoreKind: String, CaseIterable, Sendable {
  case file = "auth.v2.file"
  case keyring = "auth.v2.keyring"
  case loginKeychain = "auth.v2.loginkeychain"
  case encrypted = "auth.encrypted"
  case plain = "auth.json"
  /// A generic password in the macOS Keychain. Not a file.
  case keychainEntry = "Keychain entry"

  /// The file that contains the key of `auth.v2.file`.
  static let keyFileName = "auth.v2.key"
  /// The files below `.factory`.
  static let files: [LoginStoreKind] = [.file, .keyring, .loginKeychain, .encrypted, .plain]
}

/// A login store and its content.
struct LoginStore: Sendable {
  /// A login, or why it cannot be read.
  enum Content: Sendable {
    /// `key` encrypts the store; nil when it is not encrypted.
    case login(LoginDocument, key: EncryptionKey?)
    /// A sentence without its period.
    case unreadable(reason: String)
  }

  /// Its raw value is the file's name.
  let kind: LoginStoreKind
  /// With symbolic links resolved, so that a write replaces the target and keeps the link.
  let path: String
  /// The newest store wins.
  let modified: ModificationTime
  /// The permission bits.
  let mode: UInt32
  /// The user ID.
  let owner: UInt32
  /// Decrypted, if necessary.
  let content: Content

  /// Nil when the store cannot be read.
  var document: LoginDocument? {
    guard case .login(let document, _) = content else { return nil }
    return document
  }

  var isOwn: Bool { owner == geteuid() }
}
