/// One attempt to refresh: finds the login, reads the usage, and stores the result.
struct RefreshAttempt {
  let refresh: UsageRefresh
  let request: UsageRefresh.Request
  let known: Snapshot?
  /// Of the login files before they were read.
  var stamp: String
  let now: Moment

  private var places: Places { refresh.places }

  mutating func run() throws(FileProblem) -> UsageRefresh.Outcome {
    do throws(AttemptProblem) {
      if let key = apiKey { return try run(withKey: key) }
      let keeper = LoginKeeper(for: refresh, request, loginStamp: stamp, now: now)
      LoginRecovery(keeper: keeper).run()
      return try run(withLogin: current(keeper), keeper)
    } catch {
      switch error {
      case .file(let problem): throw problem
      case .login(let problem):
        return try fail(
          problem.problem(now: now), retryAfter: problem.retryAfter, account: known?.account ?? "")
      case .service(let problem, let account):
        return try fail(
          problem.problem(now: refresh.clock()), retryAfter: problem.retryAfter, account: account)
      case .keyRefused(let account):
        return try fail(.loggedOut(.keyRefused), retryAfter: nil, account: account)
      }
    }
  }

  /// While no request is allowed: completes an interrupted refresh of the login, whose token can only be recovered now,
  /// and finds out who is logged in, so that another account's data is not shown.
  mutating func reconcile() throws(FileProblem) {
    let account: String?
    if let key = apiKey {
      account = Self.account(ofKey: key)
    } else {
      let keeper = LoginKeeper(for: refresh, request, loginStamp: stamp, now: now)
      if LoginState(places: places).canRecoverSentToken(now: now), let login = try? keeper.current()
      {
        _ = try? keeper.usable(login)
        stamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
      }
      account = (try? keeper.current())?.account
    }
    guard var snapshot = known, snapshot.loginStamp != stamp else { return }
    if let account, account != snapshot.account {
      snapshot.account = account
      snapshot.data = nil
    }
    snapshot.loginStamp = stamp
    try refresh.store(snapshot)
  }

  /// Every way a refresh can fail. `fail` turns all but file errors into the recorded problem.
  private enum AttemptProblem: Error {
    case login(LoginProblem)
    case service(ServiceProblem, account: String)
    case keyRefused(account: String)
    case file(FileProblem)

    init(_ problem: FetchProblem, account: String) {
      switch problem {
      case .service(let problem): self = .service(problem, account: account)
      case .file(let problem): self = .file(problem)
      }
    }
  }

  private var apiKey: String? {
    APIKey.find(environment: refresh.environment, factoryDirectory: places.factoryDirectory)
  }

  private static func account(ofKey key: String) -> String {
    "key-" + Fingerprint.of(key).prefix(8)
  }

  private mutating func run(withKey key: String) throws(AttemptProblem) -> UsageRefresh.Outcome {
    let account = Self.account(ofKey: key)
    if let outcome = try reuse(account) { return outcome }
    let bearer = Bearer(token: key, userID: nil, organizationID: nil, region: .global)
    var metadata = AccountMetadata.load(refresh.metadataFile, account: account)
    let wasCurrent = metadata.isWhoamiCurrent(now: now)
    if !wasCurrent { identify(bearer, &metadata) }
    do throws(FetchProblem) {
      return try fetch(bearer, account, metadata)
    } catch {
      guard case .service(let problem) = error, problem.isAboutBearer else {
        throw AttemptProblem(error, account: account)
      }
      // The key may have moved to another organization since it was identified.
      let before = metadata.whoami
      if wasCurrent { identify(bearer, &metadata) }
      guard metadata.whoami != before else {
        throw problem == .unauthorized
          ? .keyRefused(account: account) : .service(problem, account: account)
      }
      do throws(FetchProblem) {
        return try fetch(bearer, account, metadata)
      } catch {
        throw AttemptProblem(error, account: account)
      }
    }
  }

  private mutating func run(withLogin found: Login, _ keeper: LoginKeeper) throws(AttemptProblem)
    -> UsageRefresh.Outcome
  {
    if let outcome = try reuse(found.account) { return outcome }
    var login: Login
    do throws(LoginProblem) {
      login = try keeper.usable(found)
    } catch {
      throw .login(error)
    }
    var account = adopt(login, after: found)
    var metadata = AccountMetadata.load(refresh.metadataFile, account: account)
    var problem: ServiceProblem
    do throws(FetchProblem) {
      return try fetch(login.bearer, account, metadata)
    } catch {
      guard case .service(let cause) = error, cause.isAboutBearer else {
        throw AttemptProblem(error, account: account)
      }
      problem = cause
    }

    // A login without an organization gets 403 until the request names one. No new token would help.
    if case .forbidden = problem, login.document.activeOrganizationID == nil,
      !metadata.isWhoamiCurrent(now: now)
    {
      identify(login.bearer, &metadata)
      if metadata.whoami != nil {
        do throws(FetchProblem) {
          return try fetch(login.bearer, account, metadata)
        } catch {
          guard case .service(let cause) = error, cause.isAboutBearer else {
            throw AttemptProblem(error, account: account)
          }
          problem = cause
        }
      }
    }

    let refused = login
    do throws(LoginProblem) {
      login = try keeper.refreshedAfterRefusal(refused, isPermission: problem != .unauthorized)
    } catch {
      // When the login cannot be refreshed, a missing permission remains the problem.
      if case .forbidden = problem { throw .service(problem, account: account) }
      throw .login(error)
    }
    account = adopt(login, after: refused)
    do throws(FetchProblem) {
      return try fetch(login.bearer, account, metadata)
    } catch {
      if case .service(let cause) = error, cause.isAboutBearer { keeper.noteDenied(login) }
      throw AttemptProblem(error, account: account)
    }
  }

  /// Requests the account of the bearer from the service. Errors are ignored.
  private func identify(_ bearer: Bearer, _ metadata: inout AccountMetadata) {
    do throws(ServiceProblem) {
      metadata.whoami = try Whoami.ask(
        for: bearer, transport: refresh.transport, bases: refresh.bases, clock: refresh.clock)
    } catch {
      if case .transport = error { return }
    }
    metadata.whoamiAskedAt = now
    try? metadata.store(at: refresh.metadataFile)
  }

  /// The account of a login that may just have been refreshed. Our own write must not look like a new login, and a
  /// token that names no user still belongs to the same one.
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

  /// The cached snapshot, if it is of this account.
  private func snapshot(of account: String) -> Snapshot? {
    let latest = SnapshotFile.load(places.snapshotFile) ?? known
    return latest?.account == account ? latest : nil
  }

  /// Deletes another account's data. Returns this account's data when only the login files changed and it is fresh.
  private func reuse(_ account: String) throws(AttemptProblem) -> UsageRefresh.Outcome? {
    do throws(FileProblem) {
      guard var snapshot = snapshot(of: account) else {
        try refresh.store(Snapshot(account: account, loginStamp: stamp))
        return nil
      }
      guard snapshot.loginStamp != stamp else { return nil }
      snapshot.loginStamp = stamp
      let freshness = Freshness(
        of: snapshot, ttlSeconds: request.ttlSeconds, loginStamp: stamp, now: now)
      guard !request.isForced, let data = snapshot.data, snapshot.failure == nil,
        !freshness.isOutdated
      else { return nil }
      try refresh.store(snapshot)
      return .alreadyFresh(data)
    } catch {
      throw .file(error)
    }
  }

  private func fetch(_ bearer: Bearer, _ account: String, _ metadata: AccountMetadata)
    throws(FetchProblem) -> UsageRefresh.Outcome
  {
    var metadata = metadata
    metadata.account = account
    let bearer = metadata.whoami.map { bearer.identified(by: $0) } ?? bearer
    return try UsageFetch(
      refresh: refresh, account: account, loginStamp: stamp, now: now,
      readsSessions: request.readsSessions, earlier: snapshot(of: account)?.data
    ).run(bearer, metadata)
  }

  private func fail(_ problem: Problem, retryAfter: Moment?, account: String) throws(FileProblem)
    -> UsageRefresh.Outcome
  {
    let failure = BackOff.failure(
      problem, retryAfter: retryAfter, after: known?.failure, now: refresh.clock())
    try refresh.store(
      Snapshot(
        account: account, loginStamp: stamp, data: snapshot(of: account)?.data, failure: failure))
    return .failed(problem)
  }

  private func current(_ keeper: LoginKeeper) throws(AttemptProblem) -> Login {
    do throws(LoginProblem) {
      return try keeper.current()
    } catch {
      throw .login(error)
    }
  }
}
