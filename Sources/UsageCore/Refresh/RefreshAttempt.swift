/// What one refresh does once nothing speaks against it: find who asks, ask, and keep what was learned.
struct RefreshAttempt {
  let refresh: UsageRefresh
  let request: UsageRefresh.Request
  let known: Snapshot?
  /// How the login's files looked before they were read.
  var stamp: String
  let now: Moment

  private var places: Places { refresh.places }

  mutating func run() throws(FileProblem) -> UsageRefresh.Outcome {
    if let key = APIKey.find(
      environment: refresh.environment, factoryDirectory: places.factoryDirectory)
    {
      return try runWithKey(key)
    }
    let keeper = loginKeeper()
    LoginRescue(keeper: keeper).settle()
    do {
      return try runWithLogin(try keeper.current(), keeper)
    } catch let problem as LoginProblem {
      return try fail(
        problem.problem(now: now), silentUntil: problem.silentUntil, account: known?.account ?? "")
    } catch let problem as FileProblem {
      throw problem
    } catch {
      return try fail(
        .serviceError(reason: "unknown"), silentUntil: nil, account: known?.account ?? "")
    }
  }

  /// While nothing may be asked: looks only who is logged in now, so that the figures of the same account go on to be
  /// shown and another's do not.
  mutating func reconcile() throws(FileProblem) {
    guard var snapshot = known, snapshot.loginStamp != stamp else { return }
    if let account = accountNow, account != snapshot.account {
      snapshot.account = account
      snapshot.figures = nil
    }
    snapshot.loginStamp = stamp
    try refresh.store(snapshot)
  }

  /// Nil when no login can be read.
  private var accountNow: String? {
    if let key = APIKey.find(
      environment: refresh.environment, factoryDirectory: places.factoryDirectory)
    {
      return Self.account(ofKey: key)
    }
    return (try? loginKeeper().current())?.account
  }

  private static func account(ofKey key: String) -> String {
    "key-" + Fingerprint.of(key).prefix(8)
  }

  private mutating func runWithKey(_ key: String) throws(FileProblem) -> UsageRefresh.Outcome {
    let account = Self.account(ofKey: key)
    if let outcome = try whenStillFresh(account) { return outcome }
    do {
      return try fetch(
        Bearer(token: key, userID: nil, organizationID: nil, region: .global), account)
    } catch let problem as ServiceProblem {
      return try fail(
        problem == .unauthorized ? .loggedOut(.keyRefused) : problem.problem(now: refresh.clock()),
        silentUntil: problem.silentUntil, account: account)
    } catch {
      throw (error as? FileProblem) ?? FileProblem("write", places.snapshotFile)
    }
  }

  private mutating func runWithLogin(_ found: Login, _ keeper: LoginKeeper) throws
    -> UsageRefresh.Outcome
  {
    if let outcome = try whenStillFresh(found.account) { return outcome }
    var login = try keeper.usable(found)
    let account = adopt(login, after: found)
    do {
      return try fetch(login.bearer, account)
    } catch let problem as ServiceProblem {
      guard problem.isAboutToken else {
        return try fail(
          problem.problem(now: refresh.clock()), silentUntil: problem.silentUntil, account: account)
      }
      let refused = login
      do {
        login = try keeper.renewedAfterRefusal(refused, isPermission: problem != .unauthorized)
      } catch {
        // A refused permission stays one when the login cannot be renewed.
        if case .forbidden = problem {
          return try fail(problem.problem(now: now), silentUntil: nil, account: account)
        }
        throw error
      }
      return try fetchAgain(login, adopt(login, after: refused), keeper)
    }
  }

  private mutating func fetchAgain(
    _ login: Login, _ account: String, _ keeper: LoginKeeper
  ) throws -> UsageRefresh.Outcome {
    do {
      return try fetch(login.bearer, account)
    } catch let problem as ServiceProblem {
      if problem.isAboutToken { keeper.noteDenied(login) }
      return try fail(
        problem.problem(now: refresh.clock()), silentUntil: problem.silentUntil, account: account)
    }
  }

  /// The account of a login that may just have been renewed. Our own write must not look like somebody's new login,
  /// and a token that says nothing of its user is still the same user's.
  private mutating func adopt(_ login: Login, after earlier: Login) -> String {
    if login.bearer.token != earlier.bearer.token {
      stamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
    }
    let isSameUser = login.claims?.userID == nil && earlier.claims?.userID == nil
    guard isSameUser, var known, known.account == earlier.account else { return login.account }
    known.account = login.account
    try? refresh.store(known)
    return login.account
  }

  /// The figures that are known of this account; another's are forgotten before anything else happens.
  private func figures(of account: String) -> Snapshot? {
    let latest = SnapshotFile.load(places.snapshotFile) ?? known
    return latest?.account == account ? latest : nil
  }

  /// The login's files changed, but it is the same account and its figures are still fresh.
  private func whenStillFresh(_ account: String) throws(FileProblem) -> UsageRefresh.Outcome? {
    guard var snapshot = figures(of: account) else {
      try refresh.store(Snapshot(account: account, loginStamp: stamp))
      return nil
    }
    guard snapshot.loginStamp != stamp else { return nil }
    snapshot.loginStamp = stamp
    guard !request.isForced, let figures = snapshot.figures, snapshot.failure == nil,
      !Freshness(of: snapshot, ttlSeconds: request.ttlSeconds, loginStamp: stamp, now: now).isDue
    else { return nil }
    try refresh.store(snapshot)
    return .alreadyFresh(figures)
  }

  private func fetch(_ bearer: Bearer, _ account: String) throws -> UsageRefresh.Outcome {
    try FigureFetch(
      refresh: refresh, account: account, loginStamp: stamp, now: now,
      readsSessions: request.readsSessions, earlier: figures(of: account)?.figures
    ).run(bearer)
  }

  private func fail(
    _ problem: Problem, silentUntil: Moment?, account: String
  ) throws(FileProblem) -> UsageRefresh.Outcome {
    let kept = figures(of: account)
    let failure = BackOff.failure(
      problem, silentUntil: silentUntil, after: known?.failure, now: refresh.clock())
    try refresh.store(
      Snapshot(account: account, loginStamp: stamp, figures: kept?.figures, failure: failure))
    return .failed(problem)
  }

  private static var hasKeychain: Bool {
    #if os(macOS)
      true
    #else
      false
    #endif
  }

  private func loginKeeper() -> LoginKeeper {
    let state = LoginState(places: places)
    let child = ChildProcess(environment: refresh.environment)
    func guarded(_ source: any KeySource, _ name: String) -> GuardedKeySource {
      let disabled = GuardedKeySource.isDisabled(refresh.environment)
      return GuardedKeySource(
        source, name: name, memoryPath: state.memory(of: name), loginStamp: stamp,
        isDisabled: disabled,
        asksAgain: request.isForced, now: now)
    }
    try? Path.makePrivateDirectory(state.directory)
    return LoginKeeper(
      shelf: LoginShelf(
        factoryDirectory: places.factoryDirectory,
        keyring: guarded(SecretService(child: child), "secret-service"),
        keychain: guarded(LoginKeychain(child: child), "keychain"),
        keychainEntries: { Self.hasKeychain ? LoginKeychain(child: child).entry() : nil }),
      state: state, transport: refresh.transport, bases: refresh.bases,
      mayRenew: request.mayRenewLogin,
      clock: refresh.clock)
  }
}

extension ServiceProblem {
  /// A new access token may change the answer.
  fileprivate var isAboutToken: Bool {
    switch self {
    case .unauthorized, .forbidden: true
    default: false
    }
  }
}
