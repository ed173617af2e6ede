/// All stores below one `.factory`, and the rule which of them counts.
public struct LoginShelf {
  public enum Choice {
    case none
    case login(LoginStore)
    /// `login` is older than a store that cannot be read: its access token may be used while it is valid, its refresh
    /// token is probably spent.
    case readOnly(LoginStore, reason: String)
    case unreadable(reason: String)
  }

  static let storeLimit = 256 * 1024

  let factoryDirectory: String
  let keyring: any KeySource
  let keychain: any KeySource
  /// What the macOS Keychain's own entries hold, asked only when there is no file.
  let keychainEntries: () -> [UInt8]?

  public init(
    factoryDirectory: String, keyring: any KeySource, keychain: any KeySource,
    keychainEntries: @escaping () -> [UInt8]? = { nil }
  ) {
    self.factoryDirectory = factoryDirectory
    self.keyring = keyring
    self.keychain = keychain
    self.keychainEntries = keychainEntries
  }

  /// The newest store that can be read. Older ones are not even opened, so a keyring is asked only when it counts.
  public func choose() -> Choice {
    var unreadable: String?
    var remaining = files()[...]
    while let file = remaining.popFirst() {
      let store = read(file)
      guard var document = store.document else {
        if case .unreadable(let reason) = store.content { unreadable = unreadable ?? reason }
        continue
      }
      var chosen = store
      // Written in the same instant: the one whose token lives longer.
      while let twin = remaining.first, twin.modified == file.modified {
        remaining.removeFirst()
        let other = read(twin)
        if let otherDocument = other.document, expiry(of: otherDocument) > expiry(of: document) {
          (chosen, document) = (other, otherDocument)
        }
      }
      return unreadable.map { .readOnly(chosen, reason: $0) } ?? .login(chosen)
    }
    return (unreadable ?? closedFolder).map { .unreadable(reason: $0) } ?? keychainEntry()
  }

  /// A folder that may not be looked into hides a login; one that is not there has none.
  private var closedFolder: String? {
    guard access(factoryDirectory, X_OK) != 0, errno == EACCES else { return nil }
    return FileProblem("look into", factoryDirectory, EACCES).sentence + ": make it yours"
  }

  /// One client keeps the login there. Nothing is known of how droid would read a changed one: it is never written.
  private func keychainEntry() -> Choice {
    guard let bytes = keychainEntries(), let document = LoginDocument(bytes) else { return .none }
    let store = LoginStore(
      kind: .keychainEntry, path: "", modified: .init(seconds: 0, nanoseconds: 0), mode: 0o600,
      owner: geteuid(),
      content: .login(document, .none))
    return .readOnly(store, reason: "a Keychain entry is only read: run droid to renew the login")
  }

  /// Every store, newest first, each of them read.
  public func all() -> [LoginStore] {
    files().map(read)
  }

  private func expiry(of document: LoginDocument) -> Moment {
    Claims(token: document.accessToken)?.expiresAt ?? Moment(seconds: 0)
  }

  private struct File {
    let kind: LoginStoreKind
    let path: String
    let modified: LoginStore.Modified
    let mode: UInt32
    let owner: UInt32
  }

  private func files() -> [File] {
    let found = LoginStoreKind.allCases.filter { $0 != .keychainEntry }.compactMap {
      kind -> File? in
      let path = factoryDirectory + "/" + kind.rawValue
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return File(
        kind: kind, path: Path.resolved(path) ?? path,
        modified: .init(
          seconds: Int(status.modified.tv_sec), nanoseconds: Int(status.modified.tv_nsec)),
        mode: UInt32(status.st_mode & 0o7777), owner: status.st_uid)
    }
    return found.enumerated().sorted { left, right in
      left.element.modified == right.element.modified
        ? left.offset < right.offset : left.element.modified > right.element.modified
    }.map(\.element)
  }

  private func read(_ file: File) -> LoginStore {
    let content: LoginStore.Content
    do throws(FileProblem) {
      content = self.content(
        of: file.kind, bytes: try BoundedFile.read(file.path, limit: Self.storeLimit))
    } catch {
      content = .unreadable(reason: error.sentence)
    }
    return LoginStore(
      kind: file.kind, path: file.path, modified: file.modified, mode: file.mode, owner: file.owner,
      content: content)
  }

  private func content(of kind: LoginStoreKind, bytes: [UInt8]) -> LoginStore.Content {
    let text = trim(String(decoding: bytes, as: UTF8.self))
    let holdsEnvelope = Envelope.looksLike(text)
    switch kind {
    case .plain: return document(bytes, sealing: .none, name: kind.rawValue)
    case .encrypted where !holdsEnvelope:
      return document(bytes, sealing: .none, name: kind.rawValue)
    case .encrypted:
      return opened(text, kind) { () throws(KeySourceProblem) in (try? self.keyFile()) ?? [] }
        ?? opened(text, kind, keyring.keys) ?? opened(text, kind, keychain.keys)
        ?? .unreadable(reason: "\(kind.rawValue) does not open with any key that is to be had")
    case .file:
      return envelope(text, kind, keyFile)
    case .keyring:
      return envelope(text, kind, keyring.keys)
    case .loginKeychain, .keychainEntry:
      return envelope(text, kind, keychain.keys)
    }
  }

  /// Nil when no key opens it, for whatever reason.
  private func opened(
    _ text: String, _ kind: LoginStoreKind, _ keys: () throws(KeySourceProblem) -> [EncryptionKey]
  ) -> LoginStore.Content? {
    let content = envelope(text, kind, keys)
    if case .login = content { return content }
    return nil
  }

  private func envelope<Failure: SentenceError>(
    _ text: String, _ kind: LoginStoreKind, _ keys: () throws(Failure) -> [EncryptionKey]
  ) -> LoginStore.Content {
    let candidates: [EncryptionKey]
    do throws(Failure) {
      candidates = try keys()
    } catch {
      return .unreadable(reason: "\(kind.rawValue): \(error.sentence)")
    }
    var reason = "does not open with its key: log in with droid"
    for key in candidates {
      do throws(Envelope.Failure) {
        return document(
          try Envelope.open(text, key: key), sealing: .envelope(key), name: kind.rawValue)
      } catch {
        switch error {
        case .doesNotOpen: continue
        case .notAnEnvelope: reason = "is torn or of another format: log in with droid"
        case .libraryMissing: reason = "cannot be decrypted: install libcrypto (libssl3)"
        }
      }
    }
    return .unreadable(reason: "\(kind.rawValue) \(reason)")
  }

  private func document(_ bytes: [UInt8], sealing: LoginStore.Sealing, name: String)
    -> LoginStore.Content
  {
    guard let document = LoginDocument(bytes) else {
      return .unreadable(reason: "\(name) holds no login that can be understood: log in with droid")
    }
    return .login(document, sealing)
  }

  private func keyFile() throws(FileProblem) -> [EncryptionKey] {
    let path = factoryDirectory + "/" + LoginStoreKind.keyFileName
    return EncryptionKey(try BoundedFile.read(path, limit: 4096)).map { [$0] } ?? []
  }
}

/// An error that says itself in one sentence without its full stop.
protocol SentenceError: Error {
  var sentence: String { get }
}

extension FileProblem: SentenceError {}
extension KeySourceProblem: SentenceError {}
