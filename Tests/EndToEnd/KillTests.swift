import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

/// `DROIDBAR_KILLS=5000 DROIDBAR_SEED=7 swift test --filter Kill` makes a longer run.
private func setting(_ name: String, _ usual: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
}

@Suite("Killed refreshes never lose the login", .serialized)
struct KillTests {
  /// The stores that can be refreshed without a keyring.
  enum Store: String, CaseIterable {
    case plain = "auth.json"
    case encrypted = "auth.encrypted"
    case file = "auth.v2.file"
  }

  @Test(
    "Random kills, with lost responses and a concurrent droid", arguments: Store.allCases)
  func random(store: Store) throws {
    let kills = setting("DROIDBAR_KILLS", 40)
    var generator = SeededGenerator(
      seed: UInt64(setting("DROIDBAR_SEED", 20_261_121)) &+ UInt64(store.rawValue.count))
    let service = try #require(LoopbackFactory())
    service.change { $0.lifeSeconds = 0 }
    let sandbox = try Sandbox(service)
    let login = TestLogin(folder: sandbox.factory, store: store)
    try login.write(service.issue(issuedAt: now() - 90_000, expiresAt: now() - 10))
    var killed = 0
    for round in 0..<kills {
      let limits = [LoopbackReply(body: Answers.limits(63, 20, 5)), LoopbackReply(status: 503)]
      let (before, after) = (
        Int.random(in: 0...8, using: &generator), Int.random(in: 0...8, using: &generator)
      )
      let faults = Self.faults(&generator)
      service.change {
        $0.delayBeforeSpending = before
        $0.delayAfterSpending = after
        $0.exchangeFaults = faults
        $0.replies[LoopbackFactory.limitsPath] = limits[round % 7 == 0 ? 1 : 0]
      }
      let refresh = try sandbox.start(["refresh", "--force"])
      usleep(UInt32.random(in: 0...50_000, using: &generator))
      // Every fourth time droid refreshes under its lock, possibly while ours is running.
      if Int.random(in: 0..<4, using: &generator) == 0 { try login.refreshAsDroid(service) }
      kill(refresh.pid, SIGKILL)
      if refresh.finish().status == SIGKILL { killed += 1 }
      // Every third time the next one is killed as well; sometimes its exchange still fails.
      if Int.random(in: 0..<3, using: &generator) == 0 { continue }
      service.change {
        $0.exchangeFaults = Array($0.exchangeFaults.prefix(1))
        $0.replies[LoopbackFactory.limitsPath] = limits[0]
      }
      var last = try sandbox.run("refresh", "--force")
      if last.status == 75 { last = try sandbox.run("refresh", "--force") }
      try #require(last.status == 0, "round \(round): \(last.errors)")
    }
    service.change { $0.exchangeFaults = [] }
    #expect(try sandbox.run("refresh", "--force").status == 0)
    let (spent, repeated, reused) = service.exchanges
    print(
      "\(store.rawValue): killed \(killed) of \(kills), tokens spent \(spent), responses repeated \(repeated), spent tokens re-sent \(reused)"
    )
    #expect(killed > kills / 4)
    #expect(reused == 0)
    #expect(service.isLive(refresh: try #require(try login.read().refreshToken)))
    let left = sandbox.allFiles().keys.filter {
      $0.hasPrefix(".factory/") || $0.hasSuffix("/sent") || $0.hasSuffix("/rescued")
    }
    #expect(Set(left).subtracting([".factory/\(store.rawValue)", ".factory/auth.v2.key"]).isEmpty)
  }

  /// Usually none; otherwise a lost response or a connection reset, alone or followed by errors.
  private static func faults(_ generator: inout SeededGenerator) -> [LoopbackFactory.ExchangeFault]
  {
    let errors: [LoopbackFactory.ExchangeFault] = [429, 503, 500].map {
      .reply(LoopbackReply(status: $0))
    }
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: return [.loseResponse]
    case 1: return [.reset]
    case 2: return [.loseResponse, errors[Int.random(in: 0..<3, using: &generator)]]
    case 3: return [.reset, errors[Int.random(in: 0..<3, using: &generator)]]
    case 4: return [errors[Int.random(in: 0..<3, using: &generator)]]
    default: return []
    }
  }

  @Test(
    "SIGTERM during a token exchange is delayed until the new token is stored",
    arguments: [SIGTERM, SIGHUP])
  func terminated(signal: Int32) throws {
    let (service, sandbox) = try expired(life: 0)
    service.change { $0.delayAfterSpending = 400 }
    let refresh = try sandbox.start(["refresh"])
    waitUntil { service.exchanges.spent != 0 }
    kill(refresh.pid, signal)
    _ = refresh.finish()
    #expect(service.exchanges.spent == 1)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
  }

  @Test("A waiting print restarts a killed refresh immediately")
  func restarted() throws {
    let (service, sandbox) = try expired(life: 0)
    service.change { $0.delayAfterSpending = 300 }
    let print = try sandbox.start(["waybar", "--wait", "10s"])
    waitUntil { service.exchanges.spent != 0 }
    let refresh = try #require(child(of: print.pid))
    kill(refresh, SIGKILL)
    #expect(try WaybarReading(print.finish()).percentage == 63)
    let (spent, repeated, reused) = service.exchanges
    #expect((spent, repeated, reused) == (1, 1, 0))
  }

  @Test("A waiting print refreshes by itself when the refresh that it followed left nothing")
  func followedInVain() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let places = try sandbox.places
    try Path.makePrivateDirectory(places.accountDirectory)
    guard let lock = try FileLock.take(places.refreshLock, waitingAtMost: 0) else {
      Issue.record("a free lock was not given")
      return
    }
    let print = try sandbox.start(["waybar", "--wait", "10s"])
    usleep(300_000)
    #expect(service.requests.isEmpty)
    lock.release()
    #expect(try WaybarReading(print.finish()).percentage == 63)
  }

  @Test("An interrupted refresh from long ago is not repeated while the access token is valid")
  func cutOffLongAgo() throws {
    let service = try #require(LoopbackFactory())
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    service.change { $0.delayAfterSpending = 10_000 }
    let sandbox = try Sandbox(service)
    try sandbox.logIn(service.issue(issuedAt: now() - 6 * 86_400 - 3600, expiresAt: now() + 82_000))
    let refresh = try sandbox.start(["refresh"])
    waitUntil { service.exchanges.spent != 0 }
    kill(refresh.pid, SIGKILL)
    _ = refresh.finish()
    try sandbox.ageRecord(seconds: 60)
    service.change { $0.delayAfterSpending = 0 }
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.count(LoopbackFactory.exchangePath) == 1)
  }

  private func child(of parent: pid_t) -> pid_t? {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let pid = pid_t(name) else { continue }
      let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
      let fields = stat.components(separatedBy: ") ").last?.components(separatedBy: " ") ?? []
      if fields.count > 1, fields[1] == "\(parent)" { return pid }
    }
    return nil
  }
}

/// The login of a sandbox in one kind of store, used as droid does.
private struct TestLogin {
  let folder: String
  let store: KillTests.Store
  private static let key = EncryptionKey([UInt8](0..<32))

  private var path: String { folder + "/" + store.rawValue }

  func read() throws -> LoginDocument {
    var bytes = try BoundedFile.read(path, limit: 1 << 20)
    if store == .file {
      bytes = try Envelope.open(
        String(decoding: bytes, as: UTF8.self), key: try #require(Self.key))
    }
    return try #require(LoginDocument(bytes))
  }

  func write(_ pair: (access: String, refresh: String)) throws {
    var text =
      #"{"access_token":"\#(pair.access)","refresh_token":"\#(pair.refresh)","active_organization_id":"org_1"}"#
    if store == .file {
      let key = try #require(Self.key)
      text = try Envelope.seal(Array(text.utf8), key: key)
      try AtomicFile.write(Base64.encoded(key.bytes), to: folder + "/auth.v2.key")
    }
    try AtomicFile.write(text, to: path)
  }

  func refreshAsDroid(_ service: LoopbackFactory) throws {
    guard let lock = try DroidLock.take(factoryDirectory: folder, clock: Moment.now) else { return }
    if let token = try read().refreshToken, let pair = service.exchange(token) { try write(pair) }
    lock.release()
  }
}
