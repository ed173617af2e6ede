import CLibraries

/// The login stores of one `.factory` folder, and which of them to use.
struct LoginStores {
  /// The store to use, or why there is none.
  enum Choice {
    case none
    case login(LoginStore)
    /// An older store than one that cannot be read. Its access token may be used, but its refresh token is probably spent.
    case readOnly(LoginStore, reason: String)
    case unreadable(reason: String)
  }

  static let sizeLimit = 256 * 1024

  let factoryDirectory: String
  let keyring: KeySource
  let keychain: KeySource
  /// Returns the macOS Keychain item that contains a login. Called only when there is no file.
  var keychainEntry: () -> [UInt8]? = { nil }

  /// The newest readable store. Older ones are not opened, so a keyring is queried only when needed.
  func choose() -> Choice {
    var unreadable: String?
    var remaining = files()[...]
    while let file = remaining.popFirst() {
      let store = read(file)
      guard var document = store.document else {
        if case .unreadable(let reason) = store.content { unreadable = unreadable ?? reason }
        continue
      }
      var chosen = store
      // Among stores written at the same time, the token that expires last wins.
      while let twin = remaining.first, twin.modified == file.modified {
        remaining.removeFirst()
        let other = read(twin)
        if let otherDocument = other.document, expiry(of: otherDocument) > expiry(of: document) {
          (chosen, document) = (other, otherDocument)
        }
      }
      return unreadable.map { .readOnly(chosen, reason: $0) } ?? .login(chosen)
    }
    if let reason = unreadable ?? inaccessibleFolder { return .unreadable(reason: reason) }
    return chooseKeychainEntry()
  }

  /// Every store, the newest first.
  func all() -> [LoginStore] {
    files().map { read($0) }
  }

  /// Atomically writes a document to a store. False when it could not be written.
  func write(_ document: LoginDocument, to store: LoginStore) -> Bool {
    guard case .login(_, let key) = store.content else { return false }
    var bytes = document.bytes
    if let key {
      guard let text = try? Envelope.seal(bytes, key: key) else { return false }
      bytes = Array(text.utf8)
    }
    // The file becomes newer than every store even when the clock is behind, because the newest store wins.
    let newest = files().first?.modified ?? store.modified
    do throws(FileError) {
      let file = try AtomicFile(replacing: store.path)
      try file.commit(bytes, durably: true, modifiedAfter: newest)
      return true
    } catch {
      return false
    }
  }

  /// A folder without search permission may contain a login; a missing one does not.
  private var inaccessibleFolder: String? {
    guard access(factoryDirectory, X_OK) != 0, libc_errno() == EACCES else { return nil }
    return FileError("open folder", factoryDirectory, EACCES).sentence + ": check its owner"
  }

  /// Never written: it is not known whether droid could read the result.
  private func chooseKeychainEntry() -> Choice {
    guard let bytes = keychainEntry(), let document = LoginDocument(bytes) else { return .none }
    let store = LoginStore(
      kind: .keychainEntry, path: "", modified: ModificationTime(seconds: 0, nanoseconds: 0),
      mode: 0o600, owner: geteuid(), content: .login(document, key: nil))
    return .readOnly(
      store, reason: "a Keychain entry cannot be refreshed by droidbar: run droid")
  }

  private func expiry(of document: LoginDocument) -> Moment {
    document.claims?.expiresAt ?? Moment(seconds: 0)
  }

  private struct File {
    let kind: LoginStoreKind
    let path: String
    let status: FileStatus
    var modified: ModificationTime { status.modified }
  }

  /// The newest first. Files of the same time are in the order of the kinds.
  private func files() -> [File] {
    var files: [File] = []
    for kind in LoginStoreKind.files {
      let path = Path.joined(factoryDirectory, kind.rawValue)
      guard let status = FileStatus(path) else { continue }
      let place = files.firstIndex { $0.modified < status.modified } ?? files.endIndex
      files.insert(File(kind: kind, path: Path.resolved(path) ?? path, status: status), at: place)
    }
    return files
  }

  private func read(_ file: File) -> LoginStore {
    let content: LoginStore.Content
    do throws(FileError) {
      content = self.content(
        of: file.kind, bytes: try BoundedFile.read(file.path, limit: Self.sizeLimit))
    } catch {
      content = .unreadable(reason: error.sentence)
    }
    return LoginStore(
      kind: file.kind, path: file.path, modified: file.modified, mode: file.status.mode,
      owner: file.status.owner, content: content)
  }

  private func content(of kind: LoginStoreKind, bytes: [UInt8]) -> LoginStore.Content {
    let text = trim(String(decoding: bytes, as: UTF8.self))
    switch kind {
    case .file: return envelope(text, kind, keys: keyFile)
    case .keyring: return envelope(text, kind, keys: keyring)
    case .loginKeychain, .keychainEntry: return envelope(text, kind, keys: keychain)
    case .encrypted where Envelope.looksLike(text):
      for keys in [keyFile, keyring, keychain] {
        let content = envelope(text, kind, keys: keys)
        if case .login = content { return content }
      }
      return .unreadable(reason: "\(kind.rawValue) cannot be decrypted with any available key")
    case .encrypted, .plain: return document(bytes, key: nil, name: kind.rawValue)
    }
  }

  private func keyFile() throws(KeySourceError) -> [EncryptionKey] {
    let path = Path.joined(factoryDirectory, LoginStoreKind.keyFileName)
    do throws(FileError) {
      return EncryptionKey(try BoundedFile.read(path, limit: 4096)).map { [$0] } ?? []
    } catch {
      throw .file(error)
    }
  }

  private func envelope(_ text: String, _ kind: LoginStoreKind, keys: KeySource)
    -> LoginStore.Content
  {
    let candidates: [EncryptionKey]
    do throws(KeySourceError) {
      candidates = try keys()
    } catch {
      return .unreadable(reason: "\(kind.rawValue): \(error.sentence)")
    }
    var reason = "cannot be decrypted with its key: log in with droid"
    for key in candidates {
      do throws(Envelope.Failure) {
        return document(try Envelope.open(text, key: key), key: key, name: kind.rawValue)
      } catch {
        switch error {
        case .wrongKey: continue
        case .notAnEnvelope: reason = "is truncated or has an unknown format: log in with droid"
        case .libraryMissing: reason = "cannot be decrypted: install libcrypto (libssl3)"
        }
      }
    }
    return .unreadable(reason: "\(kind.rawValue) \(reason)")
  }

  private func document(_ bytes: [UInt8], key: EncryptionKey?, name: String)
    -> LoginStore.Content
  {
    guard let document = LoginDocument(bytes) else {
      return .unreadable(reason: "\(name) contains no valid login: log in with droid")
    }
    return .login(document, key: key)
  }
}
