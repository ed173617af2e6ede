/// Provides a usable login and refreshes it when necessary. `LoginRefresh` explains how no login is lost.
struct LoginKeeper {
  enum Reason {
    /// The access token has expired or soon will.
    case expiry
    /// The service rejected the access token (401).
    case rejection
    /// The service denied permission (403). The access token is still valid.
    case permission
  }

  let stores: LoginStores
  let state: LoginState
  let workOS: WorkOS
  /// If false, nothing is written to droid's files.
  let mayRefresh: Bool
  let clock: () -> Moment

  /// The current login, without a refresh.
  func current() throws(LoginError) -> Login {
    let store: LoginStore
    var readOnlyReason: String?
    switch stores.choose() {
    case .none: throw .noLogin
    case .unreadable(let reason): throw .unreadable(reason: reason)
    case .login(let chosen): store = chosen
    case .readOnly(let chosen, let reason): (store, readOnlyReason) = (chosen, reason)
    }
    guard let document = store.document else { throw .noLogin }
    if let rescued = RescuedPair.load(state.rescuedFile), let refreshToken = document.refreshToken,
      TokenDigest.of(refreshToken) == rescued.replaces, let newer = document.replacing(rescued.pair)
    {
      return Login(store: store, document: newer, rescued: rescued, readOnlyReason: readOnlyReason)
    }
    if readOnlyReason == nil, RescuedPair.isUnreadable(state.rescuedFile) {
      readOnlyReason = "the refreshed login in \(state.rescuedFile) cannot be read: check its owner"
    }
    return Login(store: store, document: document, readOnlyReason: readOnlyReason)
  }

  /// The login, refreshed if due. A failed refresh is ignored while the access token is valid.
  func usable(_ login: Login) throws(LoginError) -> Login {
    let rule = rule(for: login)
    guard rule.isDue || !rule.isValid || wasInterrupted(login) else { return login }
    do {
      return try refresh(login, because: .expiry)
    } catch {
      guard rule.isValid else { throw error }
      return login
    }
  }

  /// The login after the service rejected its access token. The same token is refreshed for that only once.
  func refreshed(_ login: Login, because reason: Reason) throws(LoginError) -> Login {
    if state.ledger.has(.rejectedAccessToken, TokenDigest.of(login.document.accessToken)) {
      throw .refused
    }
    return try refresh(login, because: reason)
  }

  /// Remembers that a refreshed access token was rejected too, so that another refresh would not help.
  func noteDenied(_ login: Login) {
    state.note(.rejectedAccessToken, TokenDigest.of(login.document.accessToken), at: clock())
  }

  /// An earlier refresh sent the token and did not store the response, which the service still repeats.
  private func wasInterrupted(_ login: Login) -> Bool {
    guard mayRefresh, let sent = SentToken.load(state.sentFile),
      let refreshToken = login.document.refreshToken,
      sent.isRepeatable(now: clock(), uptime: Uptime.now())
    else { return false }
    return sent.digest == TokenDigest.of(refreshToken)
  }

  func rule(for login: Login) -> RefreshRule {
    let digest = TokenDigest.of(login.document.accessToken)
    let obtainedAt = state.ledger.moment(.issuedAccessToken, digest)
    return RefreshRule(login.claims, obtainedAt: obtainedAt, now: clock())
  }

  private func refresh(_ login: Login, because reason: Reason) throws(LoginError) -> Login {
    guard mayRefresh else { throw .expired }
    if let reason = login.readOnlyReason { throw .unreadable(reason: reason) }
    guard let refreshToken = login.document.refreshToken else { throw .expired }
    if state.ledger.has(.rejectedRefreshToken, TokenDigest.of(refreshToken)) { throw .refused }
    return try LoginRefresh(keeper: self, reason: reason).run(login)
  }
}
