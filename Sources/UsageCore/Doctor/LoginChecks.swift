/// Checks the login stores: which exist, which one is used, and how long its token is valid.
struct LoginChecks {
  private let doctor: Doctor
  private let stores: [LoginStore]
  private let choice: LoginStores.Choice
  private let hasKey: Bool

  init(doctor: Doctor) {
    self.doctor = doctor
    let environment = doctor.refresh.environment
    let folder = doctor.places.factoryDirectory
    hasKey = APIKey.find(environment: environment, factoryDirectory: folder) != nil
    let child = ChildProcess(environment: environment)
    let isDisabled = GuardedKeySource.isDisabled(environment)
    let loginStores = LoginStores(
      factoryDirectory: folder,
      keyring: askedOnce(SecretService(child: child).keys, isDisabled: isDisabled),
      keychain: askedOnce(LoginKeychain(child: child).keys, isDisabled: isDisabled))
    // With an API key, the login is not used and the keyring is not queried.
    stores = hasKey ? [] : loginStores.all()
    choice = hasKey ? .none : loginStores.choose()
  }

  var region: ServiceBases.Region { chosen?.document?.region ?? .global }

  var all: [Doctor.Check] {
    if hasKey {
      return [Doctor.Check("login", true, "FACTORY_API_KEY is used instead of droid's login")]
    }
    guard !stores.isEmpty else {
      if case .unreadable(let reason) = choice { return [Doctor.Check("login", false, reason)] }
      let folder = doctor.places.factoryDirectory
      let droid = DroidCommand.text(home: doctor.refresh.environment["FACTORY_HOME_OVERRIDE"])
      return [Doctor.Check("login", false, "no login in \(folder): run '\(droid)' and log in")]
    }
    return stores.map { check($0) } + account + rescuedLogin
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
      return Doctor.Check(name, false, "readable by other users: chmod 600 \(store.path)")
    }
    let written = "written " + doctor.ago(store.modified.moment)
    let isNewest = store.path == stores.first?.path
    switch store.content {
    case .unreadable(let reason):
      // An older store does not matter.
      return Doctor.Check(name, !isNewest, "\(reason); \(written)")
    case .login(let document, _):
      return Doctor.Check(
        name, true,
        [use(of: store, isNewest), validity(of: document), "mode \(octal(store.mode))", written]
          .joined(separator: ", "))
    }
  }

  private func use(of store: LoginStore, _ isNewest: Bool) -> String {
    guard store.path == chosen?.path else { return "not used (older)" }
    if case .readOnly = choice, !isNewest {
      return "in use, not refreshed (a newer one is unreadable)"
    }
    return "in use (newest)"
  }

  private func validity(of document: LoginDocument) -> String {
    let refreshable = document.refreshToken == nil ? "not refreshable" : "refreshable"
    guard let expiry = document.claims?.expiresAt else {
      return "token without an expiry time, \(refreshable)"
    }
    let left = expiry.seconds(since: doctor.clock())
    guard left > 0 else { return "token expired, \(refreshable)" }
    return "token valid for \(doctor.wording.duration(left)), \(refreshable)"
  }

  private var account: [Doctor.Check] {
    guard let document = chosen?.document else { return [] }
    let organization = document.activeOrganizationID ?? document.claims?.organizationID
    return [
      Doctor.Check(
        "account", true,
        "region \(document.region.rawValue), "
          + (organization.map { "organization \($0); its members share the limits" }
            ?? "no organization"))
    ]
  }

  /// A refreshed login that could not be written to droid's store yet.
  private var rescuedLogin: [Doctor.Check] {
    let path = LoginState(places: doctor.places).rescuedFile
    guard Path.exists(path) else { return [] }
    let folder = doctor.places.factoryDirectory
    return [
      Doctor.Check(
        "refreshed login", false,
        "kept in \(path) because \(folder) is not writable: fix that, then run 'droidbar refresh'")
    ]
  }

  private func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

/// Queries a keyring only once, however many stores need it, and without the pause of `GuardedKeySource`.
private func askedOnce(_ source: @escaping KeySource, isDisabled: Bool) -> KeySource {
  var known: Result<[EncryptionKey], KeySourceError>?
  return { () throws(KeySourceError) in
    if isDisabled { throw .disabled }
    let result = known ?? Result(catching: source)
    known = result
    return try result.get()
  }
}
