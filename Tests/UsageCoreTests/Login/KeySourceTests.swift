import Testing

@testable import UsageCore

@Suite("Keyrings, queried through external programs")
struct KeySourceTests {
  let folder: TemporaryFolder
  let key = KnownEnvelope.key

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A program that records its arguments and then runs `script`.
  private func child(_ name: String, _ script: String, more: [String: String] = [:]) throws
    -> ChildProcess
  {
    let text = """
      #!/bin/sh
      echo "$*" >> '\(folder.path)/arguments'
      env > '\(folder.path)/environment'
      \(script)
      """
    try folder.writeProgram(name, text)
    return ChildProcess(
      environment: Environment(["PATH": "\(folder.path):/usr/bin:/bin"].merging(more) { $1 }))
  }

  private func noted(_ name: String) throws -> String {
    try BoundedFile.text(folder.path + "/" + name, limit: 10_000)
  }

  @Test("The macOS key is looked up by service and account")
  func security() throws {
    let child = try child("security", "echo '\(key)'")
    #expect(
      try LoginKeychain(child: child).keys() == [try #require(EncryptionKey(Array(key.utf8)))])
    #expect(
      try noted("arguments")
        == "find-generic-password -s Factory CLI -a auth-encryption-key-security-cli -w\n")
  }

  @Test("Keychain entries are tried in order, and no secret is passed as an argument")
  func entries() throws {
    let child = try child(
      "security",
      #"[ "$3" = "Factory Auth" ] && echo '{"access_token":"a.b.c"}' && exit 0; exit 44"#)
    let entry = try #require(LoginKeychain(child: child).entry())
    #expect(LoginDocument(entry)?.accessToken == "a.b.c")
    #expect(
      try noted("arguments") == """
        find-generic-password -s Factory Token -w
        find-generic-password -s Factory token -w
        find-generic-password -s Factory Auth -w

        """)
  }

  @Test("A Keychain login is used only as a last resort and is never written")
  func entryIsReadOnly() throws {
    func stores() -> LoginStores {
      LoginStores(
        factoryDirectory: folder.path, keyring: KnownKeys(.failure(.noKey)).keys,
        keychain: KnownKeys(.failure(.noKey)).keys,
        keychainEntry: { Array(#"{"access_token":"a.b.c","refresh_token":"r"}"#.utf8) })
    }
    guard case .readOnly(let store, _) = stores().choose() else {
      Issue.record("the entry is not read-only")
      return
    }
    #expect(store.kind == .keychainEntry)
    try folder.write("auth.json", #"{"access_token":"file","refresh_token":"r"}"#)
    guard case .login(let file) = stores().choose() else {
      Issue.record("a file does not come first")
      return
    }
    #expect(file.document?.accessToken == "file")
  }

  @Test("The output of both lookup and search is parsed")
  func secretTool() throws {
    let other = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="
    let child = try child(
      "secret-tool",
      "case $1 in lookup) printf %s '\(other)';; search) echo '[/1]'; echo 'secret = \(key)';; esac"
    )
    let keys = try SecretService(child: child).keys()
    #expect(keys == [other, key].compactMap { EncryptionKey(Array($0.utf8)) })
    #expect(
      try noted("arguments") == """
        lookup service Factory CLI account auth-encryption-key
        search --all service Factory CLI account auth-encryption-key

        """)
  }

  @Test("Child processes get only the environment variables that they need")
  func environment() throws {
    let child = try child(
      "secret-tool", "echo '\(key)'", more: ["FACTORY_API_KEY": "fk-secret", "DROIDBAR_TTL": "3"])
    _ = try SecretService(child: child).keys()
    let seen = try noted("environment")
    #expect(!seen.contains("fk-secret") && !seen.contains("DROIDBAR"))
  }

  @Test("A missing program and a missing key are distinguished")
  func problems() throws {
    let silent = try child("secret-tool", "exit 1")
    #expect(throws: KeySourceError.noKey) { try SecretService(child: silent).keys() }
    let missing = ChildProcess(environment: Environment(["PATH": "/nowhere"]))
    #expect(throws: KeySourceError.toolMissing(name: "security", package: "macOS")) {
      try LoginKeychain(child: missing).keys()
    }
  }

  @Test(
    "A program that takes too long, or prints too much, is ended",
    arguments: [
      ("exec sleep 5", 200),
      ("while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done", 10_000),
    ])
  func endless(script: String, limitMilliseconds: Int) throws {
    let endless = try child("endless", script)
    let duration = ContinuousClock().measure {
      #expect(throws: ChildProcess.Failure.timedOut) {
        try endless.run("endless", [], limitMilliseconds: limitMilliseconds)
      }
    }
    #expect(duration < .seconds(4))
  }

  @Test("A keyring without a key is queried again after an hour, after a new login, or on request")
  func guarded() throws {
    let source = KnownKeys(.failure(.noKey))
    func ask(at seconds: Int64, stamp: String = "a", byHand: Bool = false) {
      _ = try? GuardedKeySource(
        source: source.keys, name: "k", recordPath: folder.path + "/memory", loginStamp: stamp,
        isDisabled: false,
        ignoresPause: byHand, now: Moment(seconds: seconds)
      ).keys()
    }
    ask(at: 0)
    for seconds in [1, 60, 3599] { ask(at: Int64(seconds)) }
    #expect(source.asked == 1)
    ask(at: 3600)
    #expect(source.asked == 2)
    ask(at: 3601, stamp: "b")
    ask(at: 3602, stamp: "b", byHand: true)
    #expect(source.asked == 4)
  }
}
