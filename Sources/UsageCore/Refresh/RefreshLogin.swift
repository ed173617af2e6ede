extension LoginKeeper {
  /// The logins of the account that is refreshed.
  init(
    for refresh: UsageRefresh, _ request: UsageRefresh.Request, loginStamp: String, now: Moment
  ) {
    let state = LoginState(places: refresh.places)
    let child = ChildProcess(environment: refresh.environment)
    let isDisabled = GuardedKeySource.isDisabled(refresh.environment)
    func guarded(_ source: @escaping KeySource, _ name: String) -> KeySource {
      GuardedKeySource(
        source: source, name: name, recordPath: Path.joined(state.directory, name),
        loginStamp: loginStamp,
        isDisabled: isDisabled, ignoresPause: request.isForced, now: now
      ).keys
    }
    try? Path.makePrivateDirectory(state.directory)
    let keychain = LoginKeychain(child: child)
    self.init(
      stores: LoginStores(
        factoryDirectory: refresh.places.factoryDirectory,
        keyring: guarded(SecretService(child: child).keys, "secret-service"),
        keychain: guarded(keychain.keys, "keychain"),
        keychainEntry: { LoginKeychain.isAvailable ? keychain.entry() : nil }),
      state: state,
      workOS: WorkOS(
        transport: refresh.transport, base: refresh.bases.workOS, clock: refresh.clock),
      mayRefresh: request.refreshesLogin, clock: refresh.clock)
  }
}
