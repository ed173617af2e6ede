import CLibraries

/// Looks at everything a reading depends on. Changes nothing, asks no keyring, and never says a secret.
public struct Doctor {
  public struct Check: Equatable, Sendable {
    public let name: String
    public let isWell: Bool
    /// What was found and, when it is not well, what to do.
    public let finding: String

    init(_ name: String, _ isWell: Bool, _ finding: String) {
      self.name = name
      self.isWell = isWell
      self.finding = finding
    }
  }

  let places: Places
  let environment: Environment
  let bases: ServiceBases
  let now: Moment
  let ttlSeconds: Int64

  public init(
    places: Places, environment: Environment, bases: ServiceBases, now: Moment, ttlSeconds: Int64
  ) {
    self.places = places
    self.environment = environment
    self.bases = bases
    self.now = now
    self.ttlSeconds = ttlSeconds
  }

  public func checks() -> [Check] {
    libraries + folders + stores + [cache]
  }

  private var libraries: [Check] {
    var message = [CChar](repeating: 0, count: Int(CURL_LIBRARY_MESSAGE_SIZE))
    var file: UnsafePointer<CChar>?
    func check(_ name: String, _ version: UnsafePointer<CChar>?, _ package: String) -> Check {
      guard let version else { return Check(name, false, "\(message.text): install \(package)") }
      let line = String(cString: version).split(separator: " ").prefix(2).joined(separator: " ")
      return Check(name, true, "\(file.map { String(cString: $0) } ?? "?") (\(line))")
    }
    let curl = check("libcurl", curl_library_version(&file, &message), "libcurl4")
    return [curl, check("libcrypto", crypto_library_version(&file, &message), "libssl3")]
  }

  private var folders: [Check] {
    [("cache", places.cacheDirectory), ("state", places.stateDirectory)].map { name, path in
      do throws(FileProblem) {
        try Path.makePrivateDirectory(path)
        guard access(path, W_OK) == 0 else { throw FileProblem("write in", path) }
        return Check("\(name) folder", true, path)
      } catch {
        return Check("\(name) folder", false, "\(error.sentence): make it writable")
      }
    }
  }

  private var stores: [Check] {
    if APIKey.find(environment: environment, factoryDirectory: places.factoryDirectory) != nil {
      return [Check("login", true, "FACTORY_API_KEY is used; droid's own login is not read")]
    }
    let silent = SilentKeySource()
    let shelf = LoginShelf(
      factoryDirectory: places.factoryDirectory, keyring: silent, keychain: silent)
    let stores = shelf.all()
    guard !stores.isEmpty else {
      return [
        Check("login", false, "no login in \(places.factoryDirectory): run 'droid' and log in")
      ]
    }
    return stores.enumerated().map { index, store in
      check(store, isNewest: index == 0)
    }
  }

  private func check(_ store: LoginStore, isNewest: Bool) -> Check {
    let name = store.kind.rawValue
    if store.mode & 0o077 != 0 {
      return Check(name, false, "others may read it: chmod 600 \(store.path)")
    }
    switch store.content {
    case .unreadable(let reason):
      if store.kind == .keyring || store.kind == .loginKeychain {
        return Check(name, true, "its key is in the keyring, which is asked only by a refresh")
      }
      return Check(name, !isNewest, reason)
    case .login(let document, _):
      let claims = Claims(token: document.accessToken)
      let life = claims?.expiresAt.map { expiry in
        expiry > now
          ? "token runs out in \(expiry.seconds(since: now) / 60) min" : "token has run out"
      }
      let use = isNewest ? "used" : "older, not used"
      let renewal = document.refreshToken == nil ? "cannot be renewed" : "can be renewed"
      return Check(
        name, true, [use, life ?? "token of unknown life", renewal].joined(separator: ", "))
    }
  }

  private var cache: Check {
    guard let snapshot = SnapshotFile.load(places.snapshotFile) else {
      return Check("reading", false, "none yet: run 'droidbar refresh'")
    }
    if let failure = snapshot.failure {
      let wait = max(0, failure.retryAt.seconds(since: now))
      return Check(
        "reading", false, "last attempt failed: \(failure.problem.kind.rawValue); next in \(wait) s"
      )
    }
    guard let figures = snapshot.figures else {
      return Check("reading", false, "none yet: run 'droidbar refresh'")
    }
    return Check("reading", true, "\(max(0, now.seconds(since: figures.takenAt))) s old")
  }
}

/// A keyring that is not asked: looking must not prompt.
private struct SilentKeySource: KeySource {
  func keys() throws(KeySourceProblem) -> [EncryptionKey] {
    throw .noKey
  }
}
