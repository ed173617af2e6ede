/// Sends one refresh token and brings its successor home. Runs under our lock and droid's.
struct TokenSpending {
  /// A failure that came quicker than this may be repeated by the same process, within the service's 30 s.
  static let quickMilliseconds = 5000
  static let repeats = 2
  /// More than any login is long.
  static let reservedBytes = 64 * 1024

  let keeper: LoginKeeper
  let reason: LoginKeeper.Reason
  let login: Login

  private var state: LoginState { keeper.state }
  private var now: Moment { keeper.clock() }

  func renewed() throws -> Login {
    guard let refreshToken = login.document.refreshToken else { throw LoginProblem.expired }
    guard let digest = TokenDigest.of(refreshToken) else {
      throw LoginProblem.unreadable(
        reason: "the login cannot be safely refreshed: install libcrypto (libssl3)")
    }
    var ledger = TokenLedger.load(state.ledgerFile)
    if ledger.has(.refused, digest) { throw LoginProblem.refused }

    // The disk has room for the store and for our own copy, or the token is not sent.
    let rescue = try PrivateFile(replacing: state.rescuedFile, reserving: Self.reservedBytes)
    let isRepeated: Bool
    do {
      try checkRoomInStore()
      try noteAttempt(&ledger)
      isRepeated = try noteSending(digest)
    } catch {
      rescue.abandon()
      throw error
    }

    let signals = HeldSignals()
    defer { signals.restore() }
    let pair: TokenPair
    do {
      pair = try send(refreshToken, isRepeated: isRepeated)
    } catch {
      rescue.abandon()
      throw settle(error, digest: digest, &ledger)
    }
    return try keep(pair, spent: digest, in: rescue, &ledger)
  }

  private func checkRoomInStore() throws(FileProblem) {
    guard login.rescued == nil else { return }
    try PrivateFile(replacing: login.store.path, reserving: Self.reservedBytes).abandon()
  }

  private func noteAttempt(_ ledger: inout TokenLedger) throws(FileProblem) {
    guard reason == .age, let digest = TokenDigest.of(login.document.accessToken) else { return }
    ledger.note(.attempted, digest, at: now)
    try ledger.store(state.ledgerFile)
  }

  /// Writes down that the token is about to be sent, and says whether it was sent before. Throws when it was, nothing
  /// is known of the answer and the service no longer repeats it, unless there is nothing left to lose.
  private func noteSending(_ digest: String) throws -> Bool {
    let uptime = Uptime.now()
    let earlier = SentToken.load(state.sentFile).flatMap { $0.digest == digest ? $0 : nil }
    if let earlier, earlier.mayBeRepeated(now: now, uptime: uptime) { return true }
    if earlier != nil && reason != .refusal && keeper.rule(for: login).isValid {
      throw LoginProblem.unreadable(
        reason: "an earlier refresh of the login was cut off; it is tried again at the login's end")
    }
    try SentToken(digest: digest, at: now, uptime: uptime).store(state.sentFile)
    return earlier != nil
  }

  /// Sends the token. A failure that came quickly is tried again, within the time in which the service repeats its
  /// answer. Once the token may have arrived, no later failure makes it unsent.
  private func send(_ refreshToken: String, isRepeated: Bool) throws(WorkOS.Failure) -> TokenPair {
    let start = Uptime.milliseconds()
    var mayBeSpent = isRepeated
    var repeats = 0
    while true {
      do {
        return try keeper.workOS.exchange(refreshToken: refreshToken)
      } catch {
        let failure = mayBeSpent ? error.afterSending : error
        guard case .uncertain(let problem) = failure, problem.silentUntil == nil,
          repeats < Self.repeats, Uptime.milliseconds() - start < Self.quickMilliseconds
        else { throw failure }
        mayBeSpent = true
        repeats += 1
        Pause.milliseconds(300 * repeats)
      }
    }
  }

  /// What a failure means for the token: spent, as good as before, or not known.
  private func settle(
    _ failure: WorkOS.Failure, digest: String, _ ledger: inout TokenLedger
  ) -> LoginProblem {
    switch failure {
    case .refused:
      ledger.note(.refused, digest, at: now)
      try? ledger.store(state.ledgerFile)
      PrivateFile.remove(state.sentFile, durably: true)
      return .refused
    case .notSent(let problem):
      PrivateFile.remove(state.sentFile, durably: true)
      return .service(.transport(problem))
    case .silenceAsked(let until):
      PrivateFile.remove(state.sentFile, durably: true)
      return .service(.silenceAsked(until: until))
    case .uncertain(let problem):
      return .service(problem)
    }
  }

  /// The new pair: into our own folder, then into droid's store, then nowhere but there.
  private func keep(
    _ pair: TokenPair, spent digest: String, in rescue: consuming PrivateFile,
    _ ledger: inout TokenLedger
  ) throws -> Login {
    let rescued = RescuedPair(replaces: login.rescued?.replaces ?? digest, pair: pair)
    var isKept = true
    do {
      try rescue.commit(KeptLines.spell(rescued.words, name: "rescued").utf8, durably: true)
    } catch {
      isKept = false
    }
    guard let document = login.document.replacing(pair) else { throw LoginProblem.expired }
    let isStored = login.store.replace(with: document)
    if isStored || isKept { PrivateFile.remove(state.sentFile, durably: true) }
    if isStored { PrivateFile.remove(state.rescuedFile, durably: true) }
    if let digest = TokenDigest.of(pair.accessToken) { ledger.note(.obtained, digest, at: now) }
    try? ledger.store(state.ledgerFile)
    return Login(
      store: login.store, document: document, rescued: isStored ? nil : rescued,
      readOnlyReason: nil)
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
