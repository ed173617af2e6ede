extension RefreshAttempt {
  /// Provides the login of the account that is refreshed.
  func loginKeeper() -> LoginKeeper {
    let state = LoginState(places: refresh.places)
    let child = ChildProcess(environment: refresh.environment)
    let keychain = LoginKeychain(child: child)
    func guarded(_ source: @escaping KeySource, _ name: String) -> KeySource {
      GuardedKeySource(
        source: source, name: name, recordPath: Path.joined(state.directory, name),
        loginStamp: stamp, isDisabled: GuardedKeySource.isDisabled(refresh.environment),
        ignoresPause: request.isForced, now: now
      ).keys
    }
    try? Path.makePrivateDirectory(state.directory)
    return LoginKeeper(
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
