import CLibraries

/// Refreshes a login in an order that cannot lose it.
///
/// 1. Check that the store can be written.
/// 2. Take our lock, then droid's.
/// 3. Read the store again: another process may have refreshed the login.
/// 4. Record the token (`SentToken`), send it, and save the response in our state folder (`RescuedPair`).
/// 5. Write the store, then delete the two records.
///
/// A refresh token is spent by its use. Whenever the process is killed, the records tell the next one what to do.
struct LoginRefresh {
  /// Longer than another droidbar can take for the same login.
  static let lockMilliseconds = 50_000

  let keeper: LoginKeeper
  let reason: LoginKeeper.Reason

  private var state: LoginState { keeper.state }

  func run(_ login: Login) throws(LoginError) -> Login {
    if login.rescued == nil { try checkStore(login.store) }
    let lock: FileLock?
    do throws(FileError) {
      try Path.makePrivateDirectory(state.directory)
      lock = try FileLock.take(state.lock, waitingAtMost: Self.lockMilliseconds)
    } catch {
      throw .cannotRefresh(error)
    }
    guard let lock else {
      throw .unreadable(reason: "another droidbar process is refreshing the login and hangs")
    }
    let refreshed = try runWithDroidLock(login)
    lock.release()
    return refreshed
  }

  private func checkStore(_ store: LoginStore) throws(LoginError) {
    guard store.isOwn else {
      throw .unreadable(
        reason: "\(store.path) belongs to another user and cannot be safely refreshed")
    }
    guard access(Path.parent(of: store.path), W_OK) == 0 else {
      let why = String(cString: strerror(libc_errno()))
      throw .unreadable(
        reason: "\(store.path) cannot be safely refreshed: \(why): make its folder writable")
    }
  }

  private func runWithDroidLock(_ login: Login) throws(LoginError) -> Login {
    let lock: DroidLock?
    do throws(FileError) {
      lock = try DroidLock.take(
        factoryDirectory: keeper.stores.factoryDirectory, clock: keeper.clock)
    } catch {
      // droid cannot write to this folder either, and the current pair is in our own.
      guard login.rescued != nil else { throw .cannotRefresh(error) }
      return try exchange(login)
    }
    guard let lock else {
      throw .unreadable(
        reason: "droid has held \(DroidLock.name) for \(DroidLock.waitMilliseconds / 1000) s")
    }
    do throws(LoginError) {
      let refreshed = try exchange(login)
      lock.release()
      return refreshed
    } catch {
      lock.release()
      // Whoever spent the token may write its successor now that the lock is free.
      guard case .refused = error, let newer = changedLogin(since: login) else { throw error }
      return newer
    }
  }

  private func exchange(_ outdated: Login) throws(LoginError) -> Login {
    let login = try keeper.current()
    if let reason = login.readOnlyReason { throw .unreadable(reason: reason) }
    if login.document.accessToken != outdated.document.accessToken {
      let rule = keeper.rule(for: login)
      let isFresh = rule.isValid && !rule.isDue
      if isFresh || reason != .expiry { return login }
    }
    return try TokenExchange(keeper: keeper, reason: reason, login: login).run()
  }

  private func changedLogin(since login: Login) -> Login? {
    for pauseMilliseconds in [200, 600] {
      Sleep.milliseconds(pauseMilliseconds)
      guard let newer = try? keeper.current(),
        newer.document.accessToken != login.document.accessToken,
        newer.document.refreshToken != login.document.refreshToken
      else { continue }
      return newer
    }
    return nil
  }
}
