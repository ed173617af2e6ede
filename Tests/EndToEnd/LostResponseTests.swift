import Foundation
import LoopbackFactory
import Testing

@Suite("A lost response never loses a login")
struct LostResponseTests {
  private func expectLive(_ service: LoopbackFactory, _ sandbox: Sandbox) throws {
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
    #expect(service.exchanges.reused == 0)
  }

  private static let tooMany = LoopbackFactory.ExchangeFault.reply(LoopbackReply(status: 429))

  @Test("libcurl does not repeat the exchange by itself, and a 429 afterwards is not the end")
  func resetConnection() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.revoke(access: try #require(sandbox.storedAccessToken))
    // The usage request leaves an open connection, which is reset when the exchange has reached the service.
    service.change { $0.exchangeFaults = [.reset, Self.tooMany] }
    #expect(try sandbox.run("refresh").status == 0)
    #expect(service.exchanges == (1, 1, 0))
    #expect(service.count(LoopbackFactory.exchangePath) == 3)
    try expectLive(service, sandbox)
  }

  @Test(
    "An error after a lost response is retried while the service repeats its response",
    arguments: [[429, 429], [500], [503], [404]])
  func failingAfterLoss(statuses: [Int]) throws {
    let (service, sandbox) = try expired()
    service.change {
      $0.exchangeFaults = [.loseResponse] + statuses.map { .reply(LoopbackReply(status: $0)) }
    }
    #expect(try sandbox.run("refresh").status == 0)
    #expect(service.exchanges == (1, 1, 0))
    try expectLive(service, sandbox)
  }

  @Test("A Retry-After counts only up to the end of those seconds")
  func retryAfterLoss() throws {
    let (service, sandbox) = try killedAfterSending()
    try sandbox.ageRecord(seconds: 22)
    service.change {
      $0.exchangeFaults = [
        .reply(LoopbackReply(status: 429, headers: ["Retry-After": "3600"]))
      ]
    }
    #expect(try sandbox.run("refresh").status == 0)
    try expectLive(service, sandbox)
  }

  @Test("After a 429 before the token was sent, the next refresh sends it")
  func rateLimitedFirst() throws {
    let (service, sandbox) = try expired()
    service.change { $0.exchangeFaults = [Self.tooMany] }
    #expect(try sandbox.run("refresh").status == 75)
    #expect(service.count(LoopbackFactory.exchangePath) == 1)
    try expectLive(service, sandbox)
  }

  @Test("During a back-off, a print recovers a token that was sent")
  func duringBackOff() throws {
    let (service, sandbox) = try expired(life: 0)
    service.response(LoopbackFactory.limitsPath, "{}", status: 503)
    #expect(try sandbox.run("refresh").status == 75)
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    try killAfterSending(service, sandbox)
    _ = try sandbox.waybar("--wait", "5s")
    try expectLive(service, sandbox)
  }

  @Test("After a pause that took too long, as in a suspend, the token is not sent again")
  func suspended() throws {
    let (service, sandbox) = try killedAfterSending()
    try sandbox.ageRecord(seconds: 20)
    service.change { $0.exchangeFaults = Array(repeating: Self.tooMany, count: 9) }
    let refresh = try sandbox.start(["refresh"])
    waitUntil { service.count(LoopbackFactory.exchangePath) >= 3 }
    usleep(200_000)
    kill(refresh.pid, SIGSTOP)
    let sent = service.count(LoopbackFactory.exchangePath)
    sleep(6)
    kill(refresh.pid, SIGCONT)
    #expect(refresh.finish().status == 75)
    #expect(sent >= 3)
    #expect(service.count(LoopbackFactory.exchangePath) == sent)
  }

  @Test("After 25 seconds, a sent token is sent once more if the access token has expired")
  func late() throws {
    let (service, sandbox) = try killedAfterSending()
    try sandbox.ageRecord(seconds: 26)
    #expect(try sandbox.run("refresh").status == 0)
    #expect(service.count(LoopbackFactory.exchangePath) == 2)
  }

  private func killedAfterSending() throws -> (LoopbackFactory, Sandbox) {
    let (service, sandbox) = try expired()
    try killAfterSending(service, sandbox)
    return (service, sandbox)
  }

  private func killAfterSending(_ service: LoopbackFactory, _ sandbox: Sandbox) throws {
    let spent = service.exchanges.spent
    service.change { $0.delayAfterSpending = 10_000 }
    let refresh = try sandbox.start(["refresh", "--force"])
    waitUntil { service.exchanges.spent != spent }
    kill(refresh.pid, SIGKILL)
    _ = refresh.finish()
    service.change { $0.delayAfterSpending = 0 }
    #expect(!service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
  }
}

@Suite("Login stores and clocks")
struct StoreOrderTests {
  @Test("A store that was just written is the newest, even if others are dated in the future")
  func clockBehind() throws {
    let (service, sandbox) = try expired()
    let old = service.issue(issuedAt: now() - 90_000, expiresAt: now() - 10)
    _ = service.rotate(old.refresh)
    let other = sandbox.factory + "/auth.encrypted"
    try sandbox.logIn(old, at: other)
    try sandbox.age(other, seconds: -2 * 86_400)
    try sandbox.age(sandbox.factory + "/auth.json", seconds: -5 * 86_400)
    for _ in 0..<3 { #expect(try sandbox.run("refresh", "--force").status == 0) }
    #expect(service.exchanges == (1, 0, 0))
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
  }
}
