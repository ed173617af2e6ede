import Foundation
import Testing

@testable import UsageCore

/// A keyring with known keys that counts its queries.
final class KnownKeys {
  let result: Result<[EncryptionKey], KeySourceError>
  private(set) var asked = 0

  init(_ result: Result<[EncryptionKey], KeySourceError>) {
    self.result = result
  }

  func keys() throws(KeySourceError) -> [EncryptionKey] {
    asked += 1
    return try result.get()
  }
}

@Suite("Login store selection")
struct LoginStoresTests {
  let folder: TemporaryFolder
  let keyring = KnownKeys(.failure(.noKey))

  init() throws {
    folder = try TemporaryFolder()
  }

  private func stores(_ keyring: KnownKeys? = nil) -> LoginStores {
    LoginStores(
      factoryDirectory: folder.path, keyring: (keyring ?? self.keyring).keys,
      keychain: KnownKeys(.failure(.noKey)).keys)
  }

  /// The access token that is chosen, with `read-only` or the reason before it.
  private func chosen(_ keyring: KnownKeys? = nil) -> String {
    switch stores(keyring).choose() {
    case .none: "none"
    case .login(let store): store.document?.accessToken ?? "?"
    case .readOnly(let store, _): "read-only " + (store.document?.accessToken ?? "?")
    case .unreadable(let reason): "unreadable: " + reason
    }
  }

  private func json(_ token: String) -> String {
    #"{"access_token":"\#(token)","refresh_token":"r"}"#
  }

  @Test("Without a store there is no login")
  func nothing() {
    #expect(chosen() == "none")
  }

  @Test("The newest readable store wins")
  func newest() throws {
    try folder.write("auth.json", json("old"), age: 100)
    try folder.write("auth.v2.file", KnownEnvelope.text, age: 50)
    try folder.write("auth.v2.key", KnownEnvelope.key)
    #expect(chosen() == "a.b.c")
    try folder.write("auth.encrypted", json("newest"))
    #expect(chosen() == "newest")
  }

  @Test("An older store is used only while a newer one is unreadable")
  func newerIsTorn() throws {
    try folder.write("auth.json", json("old"), age: 100)
    try folder.write("auth.v2.file", String(KnownEnvelope.text.prefix(40)))
    try folder.write("auth.v2.key", KnownEnvelope.key)
    #expect(chosen() == "read-only old")
  }

  @Test("A store without its key is unreadable, and says which file is missing")
  func noKey() throws {
    try folder.write("auth.v2.file", KnownEnvelope.text)
    #expect(chosen().contains("auth.v2.key does not exist"))
  }

  @Test("Of two stores with the same modification time, the token that expires later wins")
  func twins() throws {
    let instant = 1000.0
    func token(_ expiry: Int) -> String {
      "x." + "{\"exp\":\(expiry)}".base64URL + ".s"
    }
    try folder.write("auth.encrypted", json(token(2000)), age: instant)
    try folder.write("auth.json", json(token(3000)), age: instant)
    try setSameTime("auth.encrypted", "auth.json")
    #expect(chosen() == token(3000))
  }

  @Test("auth.encrypted may be plain JSON, a bare JWT, or an envelope if there is a key")
  func encrypted() throws {
    try folder.write("auth.encrypted", json("plain"))
    #expect(chosen() == "plain")
    try folder.write("auth.encrypted", "a.b.jwt")
    #expect(chosen() == "a.b.jwt")
    try folder.write("auth.encrypted", KnownEnvelope.text)
    #expect(chosen().hasPrefix("unreadable"))
    let key = try #require(EncryptionKey(Array(KnownEnvelope.key.utf8)))
    #expect(chosen(KnownKeys(.success([key]))) == "a.b.c")
  }

  @Test("All duplicate items of a keyring are tried")
  func duplicates() throws {
    try folder.write("auth.v2.keyring", KnownEnvelope.text)
    let wrong = try #require(EncryptionKey([UInt8](repeating: 9, count: 32)))
    let right = try #require(EncryptionKey(Array(KnownEnvelope.key.utf8)))
    #expect(chosen(KnownKeys(.success([wrong, right]))) == "a.b.c")
    #expect(chosen(KnownKeys(.success([wrong]))).contains("cannot be decrypted"))
  }

  @Test("The keyring is not queried for a store that is not used")
  func notAsked() throws {
    try folder.write("auth.v2.keyring", KnownEnvelope.text, age: 100)
    try folder.write("auth.json", json("newer"))
    #expect(chosen() == "newer")
    #expect(keyring.asked == 0)
  }

  @Test("Symbolic links are followed")
  func link() throws {
    let target = try folder.write("elsewhere", json("linked"))
    symlink(target, folder.path + "/auth.json")
    guard case .login(let store) = stores().choose() else {
      Issue.record("no login")
      return
    }
    #expect(store.path == Path.resolved(target))
  }

  @Test("A pipe or a huge file counts as unreadable and never blocks")
  func oddFiles() throws {
    mkfifo(folder.path + "/auth.json", 0o600)
    #expect(chosen().contains("not a regular file"))
    unlink(folder.path + "/auth.json")
    try folder.write("auth.json", [UInt8](repeating: 32, count: 300_000))
    #expect(chosen().contains("larger than"))
  }

  private func setSameTime(_ names: String...) throws {
    let time = timespec(tv_sec: 1_700_000_000, tv_nsec: 5)
    for name in names {
      #expect(
        withUnsafePointer(to: [time, time][0]) { _ in
          utimensat(AT_FDCWD, folder.path + "/" + name, [time, time], 0)
        } == 0)
    }
  }
}

extension String {
  var base64URL: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let bytes = Array(utf8)
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
      for place in 0...group.count { text.append(alphabet[bits >> (18 - 6 * place) & 63]) }
    }
    return text
  }
}
