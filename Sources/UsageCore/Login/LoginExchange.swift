/// Renews a login in the one order that cannot lose it.
///
/// can the store be written → our lock → droid's lock → read again → note what is sent → send → keep the answer in our
/// own folder → store it → forget the note. A refresh token is spent by its use, so at each of these points a process
/// that dies leaves what the next one needs: `SentToken` before the answer is kept, `RescuedPair` after it.
struct LoginExchange {
  /// How long another of us may take with the same login.
  static let lockMilliseconds = 25_000
  /// A failure that came quicker than this may be repeated by the same process, within the service's 30 s.
  static let quickMilliseconds = 5000
  static let repeats = 2

  let keeper: LoginKeeper
  let reason: LoginKeeper.Reason

  private var state: LoginState { keeper.state }
  private var now: Moment { keeper.clock() }

  func renew(_ login: Login) throws(LoginProblem) -> Login {
    if login.rescued == nil { try checkStore(login.store) }
    do {
      try Path.makePrivateDirectory(state.directory)
      guard let lock = try FileLock.take(state.lock, waitingAtMost: Self.lockMilliseconds) else {
        throw LoginProblem.unreadable(
          reason: "another droidbar is renewing the login and does not end")
      }
      return try withExtendedLifetime(lock) { try withDroidLock(login) }
    } catch let problem as LoginProblem {
      throw problem
    } catch {
      throw .unreadable(reason: "the login cannot be safely refreshed: \(sentence(of: error))")
    }
  }

  private func sentence(of error: any Error) -> String {
    (error as? FileProblem)?.sentence ?? "unknown"
  }

  /// Found before the token is spent: a folder that is read-only, a store of another user.
  private func checkStore(_ store: LoginStore) throws(LoginProblem) {
    guard store.owner == geteuid() else {
      throw .unreadable(
        reason: "\(store.path) belongs to another user and cannot be safely refreshed")
    }
    guard access(Path.parent(of: store.path), W_OK) == 0 else {
      throw .unreadable(
        reason:
          "\(store.path) cannot be safely refreshed: \(String(cString: strerror(errno))); make it writable"
      )
    }
  }

  private func withDroidLock(_ login: Login) throws -> Login {
    let lock: DroidLock?
    do {
      lock = try DroidLock.take(
        factoryDirectory: keeper.shelf.factoryDirectory, clock: keeper.clock)
    } catch {
      // Where not even a lock can be made droid cannot write either, and the pair is in our own folder already.
      guard login.rescued != nil else { throw error }
      return try exchange(login)
    }
    guard let lock else {
      throw LoginProblem.unreadable(
        reason: "droid holds \(DroidLock.name) for more than \(DroidLock.waitMilliseconds / 1000) s"
      )
    }
    do {
      let renewed = try exchange(login)
      lock.release()
      return renewed
    } catch {
      lock.release()
      // Whoever spent the token may be about to write its successor, now that the lock is free.
      guard case LoginProblem.refused = error, let newer = changedLogin(since: login) else {
        throw error
      }
      return newer
    }
  }

  private func exchange(_ stale: Login) throws -> Login {
    let login = try keeper.current()
    if let reason = login.readOnlyReason { throw LoginProblem.unreadable(reason: reason) }
    var ledger = TokenLedger.load(state.ledgerFile)
    if login.document.accessToken != stale.document.accessToken {
      // Somebody renewed it meanwhile.
      let isEnough =
        RefreshRule.isValid(login.claims, now: now) && !keeper.isDue(login, ledger: ledger)
      if isEnough || reason == .refusal { return login }
    }
    guard let refreshToken = login.document.refreshToken else { throw LoginProblem.expired }
    guard let digest = TokenDigest.of(refreshToken),
      let accessDigest = TokenDigest.of(login.document.accessToken)
    else {
      throw LoginProblem.unreadable(
        reason: "the login cannot be safely refreshed: install libcrypto (libssl3)")
    }
    if ledger.has(.refused, digest) { throw LoginProblem.refused }

    let sent = try noteSending(digest, of: login)
    if reason == .age {
      ledger.note(.attempted, accessDigest, at: now)
      try ledger.store(state.ledgerFile)
    }
    // The disk has room for the store and for our own copy, or the token is not spent.
    try prepareStore(login)
    let rescue = try PrivateFile(replacing: state.rescuedFile, reserving: KeptLines.limit / 8)

    let signals = HeldSignals()
    defer { signals.restore() }
    let pair: TokenPair
    do {
      pair = try send(refreshToken)
    } catch {
      rescue.abandon()
      throw settle(error, sent: sent, digest: digest, ledger: &ledger)
    }
    let rescued = RescuedPair(replaces: login.rescued?.replaces ?? digest, pair: pair)
    var isKept = true
    do {
      try rescue.commit(KeptLines.spell(rescued.words, name: "rescued").utf8, durably: true)
    } catch {
      isKept = false
    }
    guard let document = login.document.replacing(pair) else { throw LoginProblem.expired }
    let isStored = (try? store(document, in: login.store)) != nil
    if isStored || isKept { PrivateFile.remove(state.sentFile, durably: true) }
    if isStored { PrivateFile.remove(state.rescuedFile, durably: true) }
    if let digest = TokenDigest.of(pair.accessToken) { ledger.note(.obtained, digest, at: now) }
    try? ledger.store(state.ledgerFile)
    return Login(
      store: login.store, document: document, rescued: isStored ? nil : rescued, readOnlyReason: nil
    )
  }

  /// Writes down that the token is about to be sent. Throws when it was sent before and nothing is known of the answer,
  /// unless there is nothing left to lose.
  private func noteSending(_ digest: String, of login: Login) throws -> SentToken {
    let uptime = Uptime.now()
    let earlier = SentToken.load(state.sentFile).flatMap { $0.digest == digest ? $0 : nil }
    if let earlier, earlier.mayBeRepeated(now: now, uptime: uptime) { return earlier }
    if earlier != nil && reason == .age && RefreshRule.isValid(login.claims, now: now) {
      throw LoginProblem.unreadable(
        reason: "an earlier refresh of the login was cut off; it is tried again at its end")
    }
    let sent = SentToken(digest: digest, at: now, uptime: uptime)
    try sent.store(state.sentFile)
    return sent
  }

  private func prepareStore(_ login: Login) throws {
    guard login.rescued == nil else { return }
    do {
      try PrivateFile(replacing: login.store.path, reserving: LoginShelf.storeLimit / 4).abandon()
    } catch {
      PrivateFile.remove(state.sentFile)
      throw error
    }
  }

  private func send(_ refreshToken: String) throws(WorkOS.Failure) -> TokenPair {
    let start = Uptime.milliseconds()
    var repeated = 0
    while true {
      do {
        return try keeper.workOS.exchange(refreshToken: refreshToken)
      } catch {
        guard case .uncertain(let problem) = error, problem.silentUntil == nil,
          repeated < Self.repeats,
          Uptime.milliseconds() - start < Self.quickMilliseconds
        else { throw error }
        repeated += 1
        Pause.milliseconds(300 * repeated)
      }
    }
  }

  /// What a failure means for the token: spent, as good as before, or not known.
  private func settle(
    _ failure: WorkOS.Failure, sent: SentToken, digest: String, ledger: inout TokenLedger
  ) -> LoginProblem {
    switch failure {
    case .refused:
      ledger.note(.refused, digest, at: now)
      try? ledger.store(state.ledgerFile)
      PrivateFile.remove(state.sentFile, durably: true)
      return .refused
    case .notSent(let problem):
      // An earlier sending of the same token still counts.
      if sent.at == now || sent.uptime == Uptime.now() {
        PrivateFile.remove(state.sentFile, durably: true)
      }
      return .service(.transport(problem))
    case .silenceAsked(let until):
      PrivateFile.remove(state.sentFile, durably: true)
      return .service(.silenceAsked(until: until))
    case .uncertain(let problem):
      return .service(problem)
    }
  }

  private func changedLogin(since login: Login) -> Login? {
    for pause in [200, 600] {
      Pause.milliseconds(pause)
      guard let newer = try? keeper.current(),
        newer.document.accessToken != login.document.accessToken,
        newer.document.refreshToken != login.document.refreshToken
      else { continue }
      return newer
    }
    return nil
  }

  /// Puts a document into its store: what was there before, or what is there now, never a part.
  private func store(_ document: LoginDocument, in store: LoginStore) throws {
    guard let content = store.fileContent(document) else {
      throw LoginProblem.unreadable(reason: "cannot be encoded")
    }
    try PrivateFile(replacing: store.path).commit(content, durably: true)
  }

  /// Finishes what an earlier refresh began: brings a rescued pair into droid's store, or drops it when somebody
  /// logged in since.
  func settleRescued() {
    guard access(state.rescuedFile, F_OK) == 0,
      let lock = (try? FileLock.take(state.lock, waitingAtMost: Self.lockMilliseconds)) ?? nil
    else { return }
    defer { _ = lock }
    guard let login = try? keeper.current(), login.readOnlyReason == nil else { return }
    guard login.rescued != nil else {
      PrivateFile.remove(state.rescuedFile, durably: true)
      return
    }
    guard login.store.owner == geteuid(),
      let droidLock =
        (try? DroidLock.take(factoryDirectory: keeper.shelf.factoryDirectory, clock: keeper.clock))
        ?? nil
    else { return }
    // Once more, now that nobody else can write.
    if let login = try? keeper.current(), login.rescued != nil,
      (try? store(login.document, in: login.store)) != nil
    {
      PrivateFile.remove(state.rescuedFile, durably: true)
      PrivateFile.remove(state.sentFile, durably: true)
    }
    droidLock.release()
  }
}

/// Keeps the process alive through a logout or a bar's end while a spent token's successor is only in memory.
private struct HeldSignals {
  private static let numbers = [SIGTERM, SIGHUP, SIGINT]
  private let earlier: [sigaction]

  init() {
    earlier = Self.numbers.map { number in
      var ignoring = sigaction()
      ignoring.__sigaction_handler.sa_handler = SIG_IGN
      var before = sigaction()
      sigaction(number, &ignoring, &before)
      return before
    }
  }

  func restore() {
    for (number, before) in zip(Self.numbers, earlier) {
      var before = before
      sigaction(number, &before, nil)
    }
  }
}
