/// Finishes what a refresh that died has begun.
struct LoginRescue {
  let keeper: LoginKeeper

  private var state: LoginState { keeper.state }

  /// Brings a rescued pair into droid's store, or drops it when somebody logged in since; takes away the half-written
  /// file that a killed write-back leaves beside the store.
  func settle() {
    guard access(state.rescuedFile, F_OK) == 0 || !leftovers.isEmpty,
      let lock = (try? FileLock.take(state.lock, waitingAtMost: LoginExchange.lockMilliseconds))
        ?? nil
    else { return }
    defer { _ = lock }
    if dropsReplacedPair() { return }
    guard
      let droidLock =
        (try? DroidLock.take(factoryDirectory: keeper.shelf.factoryDirectory, clock: keeper.clock))
        ?? nil
    else { return }
    for path in leftovers { unlink(path) }
    bringHome()
    droidLock.release()
  }

  /// Somebody logged in since: the pair is of an older session. A pair or a token that could not be read for a moment
  /// says nothing of that, and costs no login.
  private func dropsReplacedPair() -> Bool {
    guard leftovers.isEmpty, let login = try? keeper.current(), login.readOnlyReason == nil,
      login.rescued == nil,
      let digest = login.document.refreshToken.flatMap({ TokenDigest.of($0) })
    else { return false }
    if let pair = RescuedPair.load(state.rescuedFile), pair.replaces == digest { return false }
    PrivateFile.remove(state.rescuedFile, durably: true)
    return true
  }

  private func bringHome() {
    guard let login = try? keeper.current(), login.rescued != nil, login.readOnlyReason == nil,
      login.store.owner == geteuid(), login.store.replace(with: login.document)
    else { return }
    PrivateFile.remove(state.rescuedFile, durably: true)
    PrivateFile.remove(state.sentFile, durably: true)
  }

  private var leftovers: [String] {
    LoginStoreKind.fileNames.compactMap { name in
      let path = keeper.shelf.factoryDirectory + "/" + name
      let left = (Path.resolved(path) ?? path) + PrivateFile.suffix
      return access(left, F_OK) == 0 ? left : nil
    }
  }
}
