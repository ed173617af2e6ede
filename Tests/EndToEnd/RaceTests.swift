import Foundation
import LoopbackFactory
import Synchronization
import Testing

@Suite("Concurrent refreshes spend each token once")
struct RaceTests {
  @Test("Sixty-four processes with an expired token make one exchange and one usage request")
  func sixtyFour() throws {
    let (service, sandbox) = try expired()
    service.change { $0.delayAfterSpending = 100 }
    let processes = try (0..<64).map { number in
      try sandbox.start(number % 2 == 0 ? ["refresh"] : ["waybar", "--wait", "30s"])
    }
    let runs = processes.map { $0.finish() }
    #expect(runs.allSatisfy { $0.status == 0 })
    let printed = runs.indices.filter { $0 % 2 != 0 }.map { runs[$0] }
    #expect(try Set(printed.map { try WaybarReading($0).percentage }) == [63])
    #expect(service.exchanges == (1, 0, 0))
    #expect(service.count(LoopbackFactory.limitsPath) == 1)
  }

  @Test("Bars with separate caches share one login and spend one token")
  func separateCaches() throws {
    let (service, sandbox) = try expired()
    service.change { $0.delayAfterSpending = 50 }
    let processes = try (0..<8).map { number in
      try sandbox.start(
        ["refresh"],
        environment: [
          "XDG_CACHE_HOME": "\(sandbox.folder)/c\(number)",
          "XDG_STATE_HOME": "\(sandbox.folder)/s\(number)",
        ])
    }
    for process in processes { #expect(process.finish().status == 0) }
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test(
    "A login that droid refreshed while holding its lock is used without spending a token")
  func droidRenews() throws {
    let (service, sandbox) = try expired()
    let lock = sandbox.factory + "/auth.v2.write.lock"
    try sandbox.write(lock + "/owner.json", #"{"token":"droid","pid":\#(getpid())}"#)
    let refresh = try sandbox.start(["refresh"])
    usleep(300_000)
    try sandbox.logIn(service.rotate(try #require(sandbox.storedRefreshToken)))
    try FileManager.default.removeItem(atPath: lock)
    #expect(refresh.finish().status == 0)
    #expect(service.count(LoopbackFactory.exchangePath) == 0)
  }

  @Test("droid's lock is waited for and never broken, and no token is sent without it")
  func droidHoldsOn() throws {
    let (service, sandbox) = try expired()
    let owner = sandbox.factory + "/auth.v2.write.lock/owner.json"
    try sandbox.write(owner, #"{"token":"droid","pid":\#(getpid())}"#)
    let run = try sandbox.run("refresh")
    #expect(run.status == 77)
    #expect(run.errors.contains("auth.v2.write.lock"))
    #expect(sandbox.read(owner)?.contains("droid") == true)
    #expect(service.count(LoopbackFactory.exchangePath) == 0)
  }

  @Test("The lock of a dead droid is removed, and the login is refreshed")
  func droidIsDead() throws {
    let (service, sandbox) = try expired()
    try sandbox.write(
      sandbox.factory + "/auth.v2.write.lock/owner.json", #"{"token":"x","pid":1073741808}"#)
    #expect(try sandbox.run("refresh").status == 0)
    #expect(service.exchanges == (1, 0, 0))
    #expect(!FileManager.default.fileExists(atPath: sandbox.factory + "/auth.v2.write.lock"))
  }

  @Test("If a token is rejected, the new one that droid writes shortly afterwards is used")
  func successorComesLate() throws {
    let (service, sandbox) = try expired()
    let old = try #require(sandbox.storedRefreshToken)
    let new = service.rotate(old)
    service.change { script in
      script.replies[LoopbackFactory.exchangePath] = LoopbackReply(
        status: 400, body: #"{"error":"invalid_grant"}"#)
    }
    let refresh = try sandbox.start(["refresh"])
    waitUntil { service.count(LoopbackFactory.exchangePath) != 0 }
    usleep(100_000)
    try sandbox.logIn(new)
    #expect(refresh.finish().status == 0)
    #expect(service.count(LoopbackFactory.exchangePath) == 1)
  }

  @Test("Two home directories never share a login")
  func twoHomes() throws {
    let (_, first) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let (_, second) = try loggedIn(limits: Answers.limits(12, 10, 4))
    let shared = ["XDG_CACHE_HOME": first.folder + "/c", "XDG_STATE_HOME": first.folder + "/s"]
    for _ in 0..<2 {
      #expect(try first.waybar(environment: shared).percentage == 63)
      #expect(try second.waybar(environment: shared).percentage == 12)
    }
    let override = shared.merging(["FACTORY_HOME_OVERRIDE": second.folder]) { $1 }
    var environment = override
    environment["FACTORY_API_BASE_URL"] = second.environment["FACTORY_API_BASE_URL"]
    environment["FACTORY_WORKOS_BASE_URL"] = second.environment["FACTORY_WORKOS_BASE_URL"]
    #expect(try first.waybar(environment: environment).percentage == 12)
  }
}
