extension LoginKeeper {
  /// The logins of the account that is refreshed.
  init(
    for refresh: UsageRefresh, _ request: UsageRefresh.Request, loginStamp: String, now: Moment
  ) {
    let state = LoginState(places: refresh.places)
    let child = ChildProcess(environment: refresh.environment)
    let isDisabled = GuardedKeySource.isDisabled(refresh.environment)
    func guarded(_ source: any KeySource, _ name: String) -> GuardedKeySource {
      GuardedKeySource(
        source, name: name, recordPath: state.keyringFile(name), loginStamp: loginStamp,
        isDisabled: isDisabled, ignoresPause: request.isForced, now: now)
    }
    try? Path.makePrivateDirectory(state.directory)
    let keychain = LoginKeychain(child: child)
    self.init(
      stores: LoginStores(
        factoryDirectory: refresh.places.factoryDirectory,
        keyring: guarded(SecretService(child: child), "secret-service"),
        keychain: guarded(keychain, "keychain"),
        keychainEntry: { LoginKeychain.isAvailable ? keychain.entry() : nil }),
      state: state, transport: refresh.transport, bases: refresh.bases,
      mayRefresh: request.refreshesLogin, clock: refresh.clock)
  }
}
