/// The files below `.factory` that may hold a login.
public enum LoginStoreKind: String, CaseIterable, Sendable {
  case file = "auth.v2.file"
  case keyring = "auth.v2.keyring"
  case loginKeychain = "auth.v2.loginkeychain"
  case encrypted = "auth.encrypted"
  case plain = "auth.json"
  /// A generic password in the macOS Keychain that holds the document itself; no file.
  case keychainEntry = "Keychain entry"

  public static let keyFileName = "auth.v2.key"
  public static let fileNames = allCases.filter { $0 != .keychainEntry }.map(\.rawValue)
}
