import Foundation
import LoopbackFactory
import Testing

private func now() -> Int { Int(Date().timeIntervalSince1970) }

/// `DROIDBAR_KILLS=5000 DROIDBAR_SEED=7 swift test --filter Kill` makes a longer run.
private func setting(_ name: String, _ usual: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
}

@Suite("Whatever kills a refresh, the login lives", .serialized)
struct KillTests {
  /// A home whose login has run out, at a service whose tokens run out at once: every refresh spends one.
  private func alwaysExpired() throws -> (LoopbackFactory, Sandbox) {
    let service = try #require(LoopbackFactory())
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    service.change { $0.lifeSeconds = 0 }
    let sandbox = try Sandbox(service)
    try sandbox.logIn(service.issue(issuedAt: now() - 90_000, expiresAt: now() - 10))
    return (service, sandbox)
  }

  @Test("Killed at random, hundreds of times")
  func random() throws {
    let kills = setting("DROIDBAR_KILLS", 150)
    var generator = SeededGenerator(seed: UInt64(setting("DROIDBAR_SEED", 20_261_121)))
    let (service, sandbox) = try alwaysExpired()
    var killed = 0
    for _ in 0..<kills {
      let (before, after) = (
        Int.random(in: 0...8, using: &generator), Int.random(in: 0...8, using: &generator)
      )
      service.change {
        $0.delayBeforeSpending = before
        $0.delayAfterSpending = after
      }
      let refresh = try sandbox.start(["refresh", "--force"])
      usleep(UInt32.random(in: 0...50_000, using: &generator))
      kill(refresh.pid, SIGKILL)
      if refresh.finish().status == SIGKILL { killed += 1 }
      // Every third time the next one is killed as well.
      if Int.random(in: 0..<3, using: &generator) == 0 { continue }
      let last = try sandbox.run("refresh", "--force")
      try #require(last.status == 0, "\(last.errors)")
    }
    #expect(try sandbox.run("refresh", "--force").status == 0)
    let (spent, repeated, reused) = service.exchanges
    print(
      "kills \(killed) of \(kills), tokens spent \(spent), answers repeated \(repeated), spent tokens re-sent \(reused)"
    )
    #expect(killed > kills / 4)
    #expect(reused == 0)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
    let left = sandbox.allFiles().keys.filter {
      $0.hasPrefix(".factory/") || $0.hasSuffix("/sent") || $0.hasSuffix("/rescued")
    }
    #expect(Array(left) == [".factory/auth.json"])
  }

  @Test(
    "A refresh that is told to end while its token is out brings the successor home first",
    arguments: [SIGTERM, SIGHUP])
  func terminated(signal: Int32) throws {
    let (service, sandbox) = try alwaysExpired()
    service.change { $0.delayAfterSpending = 400 }
    let refresh = try sandbox.start(["refresh"])
    for _ in 0..<500 where service.exchanges.spent == 0 { usleep(2000) }
    kill(refresh.pid, signal)
    _ = refresh.finish()
    #expect(service.exchanges.spent == 1)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
  }

  @Test("The print that waits starts a killed refresh again at once")
  func restarted() throws {
    let (service, sandbox) = try alwaysExpired()
    service.change { $0.delayAfterSpending = 300 }
    let print = try sandbox.start(["waybar", "--wait", "10s"])
    for _ in 0..<500 where service.exchanges.spent == 0 { usleep(2000) }
    let refresh = try #require(child(of: print.pid))
    kill(refresh, SIGKILL)
    #expect(try WaybarReading(print.finish()).percentage == 63)
    let (spent, repeated, reused) = service.exchanges
    #expect((spent, repeated, reused) == (1, 1, 0))
  }

  @Test("A refresh that was cut off long ago is not repeated while the old token lives")
  func cutOffLongAgo() throws {
    let service = try #require(LoopbackFactory())
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    service.change { $0.delayAfterSpending = 10_000 }
    let sandbox = try Sandbox(service)
    try sandbox.logIn(service.issue(issuedAt: now() - 6 * 86_400 - 3600, expiresAt: now() + 82_000))
    let refresh = try sandbox.start(["refresh"])
    for _ in 0..<500 where service.exchanges.spent == 0 { usleep(2000) }
    kill(refresh.pid, SIGKILL)
    _ = refresh.finish()
    try ageNote(sandbox)
    service.change { $0.delayAfterSpending = 0 }
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.count(LoopbackFactory.exchangePath) == 1)
  }

  /// Lets the note of a sent token look a minute older, by both clocks.
  private func ageNote(_ sandbox: Sandbox) throws {
    let name = try #require(sandbox.allFiles().keys.first { $0.hasSuffix("/sent") })
    let path = sandbox.folder + "/" + name
    var lines = try #require(sandbox.read(path)).components(separatedBy: "\n")
    for index in [2, 4] { lines[index] = "\((try #require(Int(lines[index]))) - 60)" }
    try sandbox.write(path, lines.joined(separator: "\n"))
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
