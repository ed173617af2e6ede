import CLibraries

/// Sends a refresh token and stores its successor. The caller holds our lock and droid's.
struct TokenExchange {
  /// Larger than any login.
  private static let reservedBytes = 64 * 1024
  private static let firstPauseMilliseconds = 300
  private static let longestPauseMilliseconds = 5000

  let keeper: LoginKeeper
  let reason: LoginKeeper.Reason
  let login: Login

  private var state: LoginState { keeper.state }
  private var now: Moment { keeper.clock() }

  func run() throws(LoginError) -> Login {
    guard let refreshToken = login.document.refreshToken else { throw .expired }
    guard let digest = TokenDigest.of(refreshToken) else {
      throw .unreadable(
        reason: "the login cannot be safely refreshed: install libcrypto (libssl3)")
    }
    if state.ledger.has(.rejectedRefreshToken, digest) { throw .refused }

    let rescueFile = try reserveSpace()
    do throws(LoginError) {
      let earlier = try recordSending(of: digest)
      let signals = BlockedSignals()
      defer { signals.restore() }
      let pair = try send(refreshToken, digest: digest, earlier)
      return store(pair, replacing: digest, rescueFile)
    } catch {
      AtomicFile.remove(state.rescuedFile + AtomicFile.suffix)
      throw error
    }
  }

  /// Makes sure that the response can be stored, before the token is sent.
  private func reserveSpace() throws(LoginError) -> AtomicFile {
    do throws(FileError) {
      if login.rescued == nil {
        try AtomicFile(replacing: login.store.path, reserving: Self.reservedBytes).abandon()
      }
      return try AtomicFile(replacing: state.rescuedFile, reserving: Self.reservedBytes)
    } catch {
      throw .cannotRefresh(error)
    }
  }

  /// Records that the token is about to be sent, and returns an earlier record of the same token.
  private func recordSending(of digest: String) throws(LoginError) -> SentToken? {
    let uptime = Uptime.now()
    let earlier = SentToken.load(state.sentFile).flatMap { $0.digest == digest ? $0 : nil }
    if let earlier {
      if earlier.isRepeatable(now: now, uptime: uptime) { return earlier }
      // The token is probably spent. It is sent once more only when there is nothing left to lose.
      if reason != .rejection && keeper.rule(for: login).isValid {
        throw .unreadable(
          reason: "an earlier refresh of the login was interrupted; retrying when it expires")
      }
    }
    do throws(FileError) {
      try SentToken(digest: digest, at: now, uptime: uptime).store(state.sentFile)
    } catch {
      throw .cannotRefresh(error)
    }
    return earlier
  }

  /// Sends the token. Once it may be spent, sends it again while the service repeats its response, whatever the
  /// back-off or a Retry-After says: after that time the login would be lost.
  private func send(_ refreshToken: String, digest: String, _ earlier: SentToken?)
    throws(LoginError) -> TokenPair
  {
    let uptime = Uptime.now()
    let repeatable = earlier.flatMap { $0.isRepeatable(now: now, uptime: uptime) ? $0 : nil }
    let first = repeatable ?? SentToken(digest: digest, at: now, uptime: uptime)
    var mayBeSpent = earlier != nil
    var pauseMilliseconds = Self.firstPauseMilliseconds
    while true {
      do throws(WorkOS.Failure) {
        return try keeper.workOS.exchange(refreshToken: refreshToken)
      } catch {
        let problem: ServiceError
        switch error {
        case .refused:
          state.note(.rejectedRefreshToken, digest, at: now)
          AtomicFile.remove(state.sentFile, durably: true)
          throw .refused
        case .uncertain(let cause):
          mayBeSpent = true
          problem = cause
        case .notSent(let cause): problem = .transport(cause)
        case .rejected(let cause): problem = cause
        }
        guard mayBeSpent else {
          AtomicFile.remove(state.sentFile, durably: true)
          throw .service(problem)
        }
        let seconds = SentToken.repeatableSeconds - first.secondsAgo(now: now, uptime: .now())
        guard seconds > 0 else { throw .service(problem) }
        let wanted = problem.retryAfter.map { Int(clamping: $0.seconds(since: now)) } ?? 0
        // The last retry is a second before the end, because uptimes are in whole seconds.
        let left = Int(clamping: max(1, seconds - 1)) * 1000
        Sleep.milliseconds(min(max(pauseMilliseconds, min(wanted, 60) * 1000), left))
        pauseMilliseconds = min(2 * pauseMilliseconds, Self.longestPauseMilliseconds)
        // The computer may have been asleep during the pause.
        guard first.isRepeatable(now: now, uptime: .now()) else { throw .service(problem) }
      }
    }
  }

  /// Writes the new pair to our state folder, then to droid's store, and then deletes our copy.
  private func store(
    _ pair: TokenPair, replacing digest: String, _ rescueFile: consuming AtomicFile
  ) -> Login {
    let rescued = RescuedPair(replaces: login.rescued?.replaces ?? digest, pair: pair)
    var isRescued = true
    do throws(FileError) {
      try rescueFile.commit(rescued.content, durably: true)
    } catch {
      isRescued = false
    }
    let document = login.document.replacing(pair) ?? login.document
    let isStored = keeper.stores.write(document, to: login.store)
    if isStored || isRescued { AtomicFile.remove(state.sentFile, durably: true) }
    if isStored { AtomicFile.remove(state.rescuedFile, durably: true) }
    state.note(.issuedAccessToken, TokenDigest.of(pair.accessToken), at: now)
    return Login(store: login.store, document: document, rescued: isStored ? nil : rescued)
  }
}

/// Delays SIGTERM, SIGHUP and SIGINT while the successor of a spent token is only in memory.
private struct BlockedSignals {
  private var earlier = sigset_t()

  init() {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    for number in [SIGTERM, SIGHUP, SIGINT] { sigaddset(&blocked, number) }
    sigprocmask(SIG_BLOCK, &blocked, &earlier)
  }

  func restore() {
    var earlier = earlier
    sigprocmask(SIG_SETMASK, &earlier, nil)
  }
}
