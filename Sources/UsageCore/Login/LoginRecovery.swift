/// Completes a refresh whose process was killed.
struct LoginRecovery {
  let keeper: LoginKeeper

  private var state: LoginState { keeper.state }

  /// Writes a rescued pair to droid's store, or deletes it when the user has logged in again since. Also removes the
  /// temporary files of an interrupted write-back.
  func run() {
    guard Path.exists(state.rescuedFile) || !temporaryFiles.isEmpty,
      let lock = try? FileLock.take(
        state.lock, waitingAtMost: LoginRefresh.lockMilliseconds)
    else { return }
    runLocked()
    lock.release()
  }

  private func runLocked() {
    if discardObsoletePair() { return }
    guard
      let droidLock = try? DroidLock.take(
        factoryDirectory: keeper.stores.factoryDirectory, clock: keeper.clock)
    else { return }
    for path in temporaryFiles { AtomicFile.remove(path) }
    storeRescuedPair()
    droidLock.release()
  }

  /// Deletes a pair of an earlier session. A pair or login that is unreadable for the moment is kept.
  private func discardObsoletePair() -> Bool {
    guard temporaryFiles.isEmpty, let login = try? keeper.current(), login.readOnlyReason == nil,
      login.rescued == nil,
      let digest = login.document.refreshToken.flatMap({ TokenDigest.of($0) })
    else { return false }
    if let pair = RescuedPair.load(state.rescuedFile), pair.replaces == digest { return false }
    AtomicFile.remove(state.rescuedFile, durably: true)
    return true
  }

  private func storeRescuedPair() {
    guard let login = try? keeper.current(), login.rescued != nil, login.readOnlyReason == nil,
      login.store.isOwn, keeper.stores.write(login.document, to: login.store)
    else { return }
    AtomicFile.remove(state.rescuedFile, durably: true)
    AtomicFile.remove(state.sentFile, durably: true)
  }

  private var temporaryFiles: [String] {
    LoginStoreKind.files.compactMap { kind in
      let path = Path.joined(keeper.stores.factoryDirectory, kind.rawValue)
      let temporary = (Path.resolved(path) ?? path) + AtomicFile.suffix
      return Path.exists(temporary) ? temporary : nil
    }
  }
}
