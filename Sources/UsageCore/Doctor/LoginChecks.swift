/// The stores of the login: which are there, which one is used and why, and how long its token lives.
struct LoginChecks {
  private let doctor: Doctor
  private let stores: [LoginStore]
  private let choice: LoginShelf.Choice
  private let hasKey: Bool

  init(doctor: Doctor) {
    self.doctor = doctor
    hasKey =
      APIKey.find(
        environment: doctor.environment, factoryDirectory: doctor.places.factoryDirectory) != nil
    let child = ChildProcess(environment: doctor.environment)
    let isDisabled = GuardedKeySource.isDisabled(doctor.environment)
    let shelf = LoginShelf(
      factoryDirectory: doctor.places.factoryDirectory,
      keyring: OnceAsked(SecretService(child: child), isDisabled: isDisabled),
      keychain: OnceAsked(LoginKeychain(child: child), isDisabled: isDisabled))
    // A key of its own makes the login nobody's business, and asks no keyring.
    stores = hasKey ? [] : shelf.all()
    choice = hasKey ? .none : shelf.choose()
  }

  var region: ServiceBases.Region { chosen?.document?.region ?? .global }

  var all: [Doctor.Check] {
    if hasKey {
      return [
        Doctor.Check("login", true, "FACTORY_API_KEY is used; droid's own login is not read")
      ]
    }
    guard !stores.isEmpty else {
      if case .unreadable(let reason) = choice { return [Doctor.Check("login", false, reason)] }
      let folder = doctor.places.factoryDirectory
      return [Doctor.Check("login", false, "no login in \(folder): run 'droid' and log in")]
    }
    return stores.map(check) + account + waiting
  }

  private var chosen: LoginStore? {
    switch choice {
    case .login(let store), .readOnly(let store, _): store
    case .none, .unreadable: nil
    }
  }

  private func check(_ store: LoginStore) -> Doctor.Check {
    let name = store.kind.rawValue
    if store.mode & 0o077 != 0 {
      return Doctor.Check(name, false, "others may read it: chmod 600 \(store.path)")
    }
    let written = doctor.ago(Moment(seconds: Int64(store.modified.seconds)))
    let isChosen = store.path == chosen?.path
    let isNewest = store.path == stores.first?.path
    switch store.content {
    case .unreadable(let reason):
      // An older one that cannot be read is in nobody's way.
      return Doctor.Check(name, !isNewest, "\(reason); written \(written)")
    case .login(let document, _):
      let use =
        isChosen
        ? isNewest || isLogin ? "used: the newest" : "only read: a newer one cannot be read"
        : "not used: older"
      return Doctor.Check(
        name, true,
        [use, life(of: document), "mode \(Self.octal(store.mode))", "written \(written)"]
          .joined(separator: ", "))
    }
  }

  private var isLogin: Bool {
    if case .login = choice { true } else { false }
  }

  private func life(of document: LoginDocument) -> String {
    let now = doctor.clock()
    let renewal = document.refreshToken == nil ? "cannot be renewed" : "can be renewed"
    guard let expiry = Claims(token: document.accessToken)?.expiresAt else {
      return "token of unknown life, \(renewal)"
    }
    guard expiry > now else { return "token has run out, \(renewal)" }
    return "token lives \(doctor.words.duration(expiry.seconds(since: now))), \(renewal)"
  }

  private var account: [Doctor.Check] {
    guard let document = chosen?.document else { return [] }
    let claims = Claims(token: document.accessToken)
    let organization = document.activeOrganizationID ?? claims?.organizationID
    return [
      Doctor.Check(
        "account", true,
        "region \(document.region.rawValue), \(organization.map { "organization \($0)" } ?? "no organization")"
      )
    ]
  }

  /// A renewed login that could not be written into droid's store yet.
  private var waiting: [Doctor.Check] {
    let path = LoginState(places: doctor.places).rescuedFile
    guard access(path, F_OK) == 0 else { return [] }
    let folder = doctor.places.factoryDirectory
    return [
      Doctor.Check(
        "renewed login", false,
        "waits in \(path) until \(folder) can be written: make it writable, then 'droidbar refresh'"
      )
    ]
  }

  private static func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// A keyring that is asked by hand, and only once, however many stores there are.
private final class OnceAsked: KeySource {
  private let source: any KeySource
  private let isDisabled: Bool
  private var answer: Result<[EncryptionKey], KeySourceProblem>?

  init(_ source: any KeySource, isDisabled: Bool) {
    self.source = source
    self.isDisabled = isDisabled
  }

  func keys() throws(KeySourceProblem) -> [EncryptionKey] {
    if isDisabled { throw .disabled }
    if let answer { return try answer.get() }
    do throws(KeySourceProblem) {
      let keys = try source.keys()
      answer = .success(keys)
      return keys
    } catch {
      answer = .failure(error)
      throw error
    }
  }
}
