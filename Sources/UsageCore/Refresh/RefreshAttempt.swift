/// Every way a refresh can fail.
enum RefreshError: Error {
  case login(LoginError)
  case service(ServiceError)
  /// The service rejects the API key.
  case keyRefused
  case file(FileError)
}

/// One attempt to refresh: finds the login, reads the usage, and stores the result.
struct RefreshAttempt {
  let refresh: UsageRefresh
  let request: UsageRefresh.Request
  let known: Snapshot?
  /// Of the login files before they were read.
  var stamp: String
  let now: Moment
  /// Empty until it is known.
  var account = ""

  private var places: Places { refresh.places }

  mutating func run() throws(FileError) -> UsageRefresh.Outcome {
    do throws(RefreshError) {
      if let key = apiKey { return try run(withKey: key) }
      let keeper = loginKeeper()
      LoginRecovery(keeper: keeper).run()
      return try run(withLogin: obtain(keeper.current), keeper)
    } catch {
      switch error {
      case .file(let problem): throw problem
      case .login(let problem):
        if account.isEmpty { account = known?.account ?? "" }
        return try fail(problem.problem(now: now), retryAfter: problem.retryAfter)
      case .service(let problem):
        return try fail(problem.problem(now: refresh.clock()), retryAfter: problem.retryAfter)
      case .keyRefused:
        return try fail(.loggedOut(.keyRefused), retryAfter: nil)
      }
    }
  }

  /// While no request is allowed: completes an interrupted refresh of the login, whose token can only be recovered now,
  /// and finds out who is logged in, so that another account's data is not shown.
  mutating func reconcile() throws(FileError) {
    let current: String?
    if let key = apiKey {
      current = Self.account(ofKey: key)
    } else {
      let keeper = loginKeeper()
      if keeper.state.canRecoverSentToken(now: now), let login = try? keeper.current() {
        _ = try? keeper.usable(login)
        stamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
      }
      current = (try? keeper.current())?.account
    }
    guard var snapshot = known, snapshot.loginStamp != stamp else { return }
    if let current, current != snapshot.account {
      snapshot.account = current
      snapshot.data = nil
    }
    snapshot.loginStamp = stamp
    try refresh.store(snapshot)
  }

  private var apiKey: String? {
    APIKey.find(environment: refresh.environment, factoryDirectory: places.factoryDirectory)
  }

  private static func account(ofKey key: String) -> String {
    "key-" + Fingerprint.of(key).prefix(8)
  }

  private mutating func run(withKey key: String) throws(RefreshError) -> UsageRefresh.Outcome {
    account = Self.account(ofKey: key)
    if let outcome = try reuse() { return outcome }
    let bearer = Bearer(token: key, region: .global)
    var metadata = AccountMetadata.load(refresh.metadataFile, account: account)
    let wasCurrent = metadata.isWhoamiCurrent(now: now)
    if !wasCurrent { identify(bearer, &metadata) }
    do {
      return try fetch(bearer, metadata)
    } catch .service(let problem) where problem.isAboutBearer {
      // The key may have moved to another organization since it was identified.
      let before = metadata.whoami
      if wasCurrent { identify(bearer, &metadata) }
      guard metadata.whoami != before else {
        throw problem == .unauthorized ? .keyRefused : .service(problem)
      }
      return try fetch(bearer, metadata)
    }
  }

  private mutating func run(withLogin found: Login, _ keeper: LoginKeeper) throws(RefreshError)
    -> UsageRefresh.Outcome
  {
    account = found.account
    if let outcome = try reuse() { return outcome }
    var login = try obtain { () throws(LoginError) in try keeper.usable(found) }
    adopt(login, after: found)
    var metadata = AccountMetadata.load(refresh.metadataFile, account: account)
    var problem: ServiceError
    do {
      return try fetch(login.bearer, metadata)
    } catch .service(let cause) where cause.isAboutBearer {
      problem = cause
    }

    // A login without an organization gets 403 until the request names one. A new token would not help.
    if case .forbidden = problem, login.document.activeOrganizationID == nil,
      !metadata.isWhoamiCurrent(now: now)
    {
      identify(login.bearer, &metadata)
      if metadata.whoami != nil {
        do {
          return try fetch(login.bearer, metadata)
        } catch .service(let cause) where cause.isAboutBearer {
          problem = cause
        }
      }
    }

    let refused = login
    do throws(LoginError) {
      login = try keeper.refreshed(
        refused, because: problem == .unauthorized ? .rejection : .permission)
    } catch {
      // When the login cannot be refreshed, a missing permission remains the problem.
      if case .forbidden = problem { throw .service(problem) }
      throw .login(error)
    }
    adopt(login, after: refused)
    do {
      return try fetch(login.bearer, metadata)
    } catch .service(let cause) where cause.isAboutBearer {
      keeper.noteDenied(login)
      throw .service(cause)
    }
  }

  private func obtain(_ login: () throws(LoginError) -> Login) throws(RefreshError) -> Login {
    do throws(LoginError) { return try login() } catch { throw .login(error) }
  }

  /// Requests the account of the bearer from the service. Errors are ignored.
  private func identify(_ bearer: Bearer, _ metadata: inout AccountMetadata) {
    do throws(ServiceError) {
      metadata.whoami = try Whoami.ask(
        for: bearer, transport: refresh.transport, bases: refresh.bases, clock: refresh.clock)
    } catch {
      if case .transport = error { return }
    }
    metadata.whoamiAskedAt = now
    try? metadata.store(at: refresh.metadataFile)
  }

  /// Continues with a login that may just have been refreshed. Our own write must not look like a new login, and a
  /// token that names no user still belongs to the same one.
  private mutating func adopt(_ login: Login, after earlier: Login) {
    account = login.account
    if login.bearer.token != earlier.bearer.token {
      stamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
    }
    let isSameUser = login.claims?.userID == nil && earlier.claims?.userID == nil
    guard isSameUser, var known, known.account == earlier.account else { return }
    known.account = account
    try? refresh.store(known)
  }

  /// The cached snapshot, if it is of this account.
  var snapshot: Snapshot? {
    let latest = SnapshotFile.load(places.snapshotFile) ?? known
    return latest?.account == account ? latest : nil
  }

  /// Deletes another account's data. Returns this account's data when only the login files changed and it is fresh.
  private func reuse() throws(RefreshError) -> UsageRefresh.Outcome? {
    do throws(FileError) {
      guard var snapshot else {
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

  private func fail(_ problem: Problem, retryAfter: Moment?) throws(FileError)
    -> UsageRefresh.Outcome
  {
    let failure = BackOff.failure(
      problem, retryAfter: retryAfter, after: known?.failure, now: refresh.clock())
    try refresh.store(
      Snapshot(
        account: account, loginStamp: stamp, data: snapshot?.data, failure: failure))
    return .failed(problem)
  }
}
