/// Gives a login that works, and renews it only when it must.
///
/// The order in which it does so is what keeps a login from being lost: see `LoginExchange`.
public struct LoginKeeper {
  enum Reason {
    /// The access token is old.
    case age
    /// The service refused the access token.
    case refusal
    /// The service refused a permission; the access token lives.
    case permission
  }

  let shelf: LoginShelf
  let state: LoginState
  let workOS: WorkOS
  let mayRenew: Bool
  let clock: () -> Moment

  /// - Parameter mayRenew: false leaves droid's files untouched: the login is only read.
  public init(
    shelf: LoginShelf, state: LoginState, transport: any Transport, bases: ServiceBases,
    mayRenew: Bool,
    clock: @escaping () -> Moment
  ) {
    self.shelf = shelf
    self.state = state
    workOS = WorkOS(transport: transport, base: bases.workOS, clock: clock)
    self.mayRenew = mayRenew
    self.clock = clock
  }

  /// The login as it stands.
  public func current() throws(LoginProblem) -> Login {
    let store: LoginStore
    let readOnlyReason: String?
    switch shelf.choose() {
    case .none: throw .noLogin
    case .unreadable(let reason): throw .unreadable(reason: reason)
    case .login(let chosen): (store, readOnlyReason) = (chosen, nil)
    case .readOnly(let chosen, let reason): (store, readOnlyReason) = (chosen, reason)
    }
    guard let document = store.document else { throw .noLogin }
    if let rescued = RescuedPair.load(state.rescuedFile), let refreshToken = document.refreshToken,
      TokenDigest.of(refreshToken) == rescued.replaces, let newer = document.replacing(rescued.pair)
    {
      return Login(store: store, document: newer, rescued: rescued, readOnlyReason: readOnlyReason)
    }
    let hidden =
      RescuedPair.isHidden(state.rescuedFile)
      ? "the renewed login in \(state.rescuedFile) cannot be read: make it yours" : nil
    return Login(
      store: store, document: document, rescued: nil, readOnlyReason: readOnlyReason ?? hidden)
  }

  /// The login, renewed first when its age asks for it. While its token is valid, a renewal that fails is no problem.
  public func usable(_ login: Login) throws(LoginProblem) -> Login {
    let rule = rule(for: login)
    guard rule.isDue || !rule.isValid || wasCutOff(login) else { return login }
    do {
      return try renew(login, because: .age)
    } catch {
      guard rule.isValid else { throw error }
      return login
    }
  }

  /// The login after the service refused its access token. The same one is renewed for that at most once.
  ///
  /// - Parameter isPermission: it answered 403: the token is still good for other things.
  public func renewedAfterRefusal(_ login: Login, isPermission: Bool) throws(LoginProblem) -> Login
  {
    if TokenLedger.load(state.ledgerFile).has(.denied, TokenDigest.of(login.document.accessToken)) {
      throw .refused
    }
    return try renew(login, because: isPermission ? .permission : .refusal)
  }

  /// Remembers that a renewed token was refused too: what it is refused for is not its age.
  public func noteDenied(_ login: Login) {
    guard let digest = TokenDigest.of(login.document.accessToken) else { return }
    var ledger = TokenLedger.load(state.ledgerFile)
    ledger.note(.denied, digest, at: clock())
    try? ledger.store(state.ledgerFile)
  }

  /// A refresh died between sending the token and storing its successor: while the service still repeats its answer,
  /// that answer can be had again.
  private func wasCutOff(_ login: Login) -> Bool {
    guard mayRenew, let sent = SentToken.load(state.sentFile),
      let refreshToken = login.document.refreshToken,
      sent.mayBeRepeated(now: clock(), uptime: Uptime.now())
    else { return false }
    return sent.digest == TokenDigest.of(refreshToken)
  }

  func rule(for login: Login) -> RefreshRule {
    let ledger = TokenLedger.load(state.ledgerFile)
    let digest = TokenDigest.of(login.document.accessToken)
    return RefreshRule(
      login.claims, obtainedAt: ledger.moment(.obtained, digest),
      wasAttempted: ledger.has(.attempted, digest),
      now: clock())
  }

  private func renew(_ login: Login, because reason: Reason) throws(LoginProblem) -> Login {
    guard mayRenew else { throw .expired }
    if let reason = login.readOnlyReason { throw .unreadable(reason: reason) }
    guard let refreshToken = login.document.refreshToken else { throw .expired }
    if TokenLedger.load(state.ledgerFile).has(.refused, TokenDigest.of(refreshToken)) {
      throw .refused
    }
    return try LoginExchange(keeper: self, reason: reason).renew(login)
  }
}
