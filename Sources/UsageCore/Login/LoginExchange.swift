/// Renews a login in the one order that cannot lose it.
///
/// can the store be written → our lock → droid's lock → read again → note what is sent → send → keep the answer in our
/// own folder → store it → forget the note. A refresh token is spent by its use, so at each of these points a process
/// that dies leaves what the next one needs: `SentToken` before the answer is kept, `RescuedPair` after it.
struct LoginExchange {
  /// How long another of us may take with the same login.
  static let lockMilliseconds = 25_000

  let keeper: LoginKeeper
  let reason: LoginKeeper.Reason

  private var state: LoginState { keeper.state }

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
      let sentence = (error as? FileProblem)?.sentence ?? "unknown"
      throw .unreadable(reason: "the login cannot be safely refreshed: \(sentence)")
    }
  }

  /// Found before the token is spent: a folder that is read-only, a store of another user.
  private func checkStore(_ store: LoginStore) throws(LoginProblem) {
    guard store.owner == geteuid() else {
      throw .unreadable(
        reason: "\(store.path) belongs to another user and cannot be safely refreshed")
    }
    guard access(Path.parent(of: store.path), W_OK) == 0 else {
      let why = String(cString: strerror(errno))
      throw .unreadable(
        reason: "\(store.path) cannot be safely refreshed: \(why); make its folder writable")
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
      return try readAgain(login)
    }
    guard let lock else {
      let seconds = DroidLock.waitMilliseconds / 1000
      throw LoginProblem.unreadable(
        reason: "droid holds \(DroidLock.name) for more than \(seconds) s")
    }
    do {
      let renewed = try readAgain(login)
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

  /// Under both locks: what somebody else renewed meanwhile is used as it is.
  private func readAgain(_ stale: Login) throws -> Login {
    let login = try keeper.current()
    if let reason = login.readOnlyReason { throw LoginProblem.unreadable(reason: reason) }
    if login.document.accessToken != stale.document.accessToken {
      let rule = keeper.rule(for: login)
      let isEnough = rule.isValid && !rule.isDue
      if isEnough || reason != .age { return login }
    }
    return try TokenSpending(keeper: keeper, reason: reason, login: login).renewed()
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
}
