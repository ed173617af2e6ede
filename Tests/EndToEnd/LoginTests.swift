import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

@Suite("Login refresh")
struct LoginTests {
  @Test("An expired token is refreshed once, and the store keeps its other fields")
  func refreshedOnce() throws {
    let (service, sandbox) = try expired(
      extra: #","active_organization_id":"org_7","region":null,"future":{"a":[1,2.5,"x"]}"#)
    let old = try #require(sandbox.storedRefreshToken)
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.exchanges == (1, 0, 0))
    #expect(sandbox.storedRefreshToken != old)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
    #expect(sandbox.storedField("active_organization_id") == "org_7")
    #expect(
      try #require(sandbox.read(sandbox.factory + "/auth.json")).contains(
        #""future":{"a":[1,2.5,"x"]}"#))
    let asked = try #require(service.requests.first { $0.path == LoopbackFactory.limitsPath })
    #expect(asked.headers["x-factory-org-id"] == "org_7")
    var status = stat()
    #expect(stat(sandbox.factory + "/auth.json", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(
      FileManager.default.fileExists(atPath: sandbox.factory + "/auth.v2.write.lock") == false)
    // Neither a record of the refresh nor a copy of the login is left.
    #expect(
      !sandbox.allFiles().keys.contains { $0.hasSuffix("/sent") || $0.hasSuffix("/rescued") })
  }

  @Test("A 401 refreshes the login and repeats the request")
  func unauthorized() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.revoke(access: try #require(sandbox.storedAccessToken))
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test("A second 401 with the refreshed token does not refresh it again")
  func unauthorizedForGood() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 401)
    #expect(try sandbox.waybar().alt == "logged-out")
    for _ in 0..<3 { #expect(try sandbox.run("refresh", "--force").status == 77) }
    #expect(service.exchanges.spent == 1)
  }

  @Test("A 403 refreshes the login once; a second one means missing permission")
  func forbidden() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 403)
    service.response(
      LoopbackFactory.tokensPath, #"{"message":"Must be manager to get usage for other users"}"#,
      status: 403)
    let reading = try sandbox.waybar()
    #expect(reading.alt == "forbidden")
    #expect(reading.tooltip.contains("manager"))
    for _ in 0..<3 { _ = try sandbox.run("refresh", "--force") }
    #expect(service.exchanges.spent == 1)
  }

  @Test("A rejected refresh token is never sent again, and a new login is used automatically")
  func refused() throws {
    let service = try #require(LoopbackFactory())
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    let sandbox = try Sandbox(service)
    try sandbox.logIn(
      (TestToken.make(issuedAt: now() - 90_000, expiresAt: now() - 10), "refresh_of_a_dead_session")
    )
    #expect(try sandbox.waybar().alt == "logged-out")
    for _ in 0..<3 { #expect(try sandbox.run("refresh", "--force").status == 77) }
    #expect(service.count(LoopbackFactory.exchangePath) == 1)
    try sandbox.logIn(service.issue(issuedAt: now(), expiresAt: now() + 7 * 86_400))
    #expect(try sandbox.waybar().percentage == 63)
  }

  @Test("With --refresh-login no an expired login is only reported")
  func readOnly() throws {
    let (service, sandbox) = try expired()
    let reading = try sandbox.waybar("--refresh-login", "no")
    #expect(reading.alt == "logged-out")
    #expect(reading.tooltip.contains("droid"))
    #expect(service.requests.isEmpty)
  }

  @Test("Another account's data is never shown, even when requests fail")
  func switchedAccount() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try sandbox.waybar().percentage == 63)
    service.change { $0.user = "user_2" }
    service.response(LoopbackFactory.limitsPath, "{}", status: 500)
    service.response(LoopbackFactory.tokensPath, "{}", status: 500)
    try sandbox.logIn(service.issue(issuedAt: now(), expiresAt: now() + 7 * 86_400))
    // Not even until the first refresh has found out who is logged in.
    #expect(try sandbox.waybar("--wait", "0").percentage == nil)
    let reading = try sandbox.waybar()
    #expect(reading.alt == "service-error")
    #expect(reading.percentage == nil)
  }

  @Test("The failure of another account's login is stored as that account's")
  func switchedToExpired() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try sandbox.waybar().percentage == 63)
    let file = try sandbox.places.snapshotFile
    let first = try #require(SnapshotFile.load(file)).account
    service.change { $0.user = "user_2" }
    try sandbox.logIn(service.issue(issuedAt: now() - 90_000, expiresAt: now() - 10))
    #expect(try sandbox.waybar("--refresh-login", "no").alt == "logged-out")
    let second = try #require(SnapshotFile.load(file)).account
    #expect(!second.isEmpty)
    #expect(second != first)
  }

  @Test("A refresh by droid keeps the data and causes no request")
  func sameAccount() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let asked = service.requests.count
    try sandbox.logIn(service.rotate(try #require(sandbox.storedRefreshToken)))
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.requests.count == asked)
  }

  @Test("An API key is used instead of the login, and its rejection is reported as such")
  func apiKey() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let key = ["FACTORY_API_KEY": "fk-test-key"]
    let refused = try sandbox.waybar(environment: key)
    #expect(refused.alt == "logged-out")
    #expect(refused.tooltip.contains("FACTORY_API_KEY"))
    #expect(service.exchanges.spent == 0)
    service.change { $0.checksTokens = false }
    #expect(try sandbox.start(["refresh", "--force"], environment: key).finish().status == 0)
    #expect(try sandbox.waybar(environment: key).percentage == 63)
    let last = try #require(service.requests.last { $0.path == LoopbackFactory.limitsPath })
    #expect(last.headers["authorization"] == "Bearer fk-test-key")
    #expect(last.headers["x-factory-org-id"] == nil)
  }

  @Test("A 403 about the active organization is retried without it")
  func organization() throws {
    let (service, sandbox) = try loggedIn(
      limits: Answers.limits(63, 20, 5), extra: #","active_organization_id":"org_gone""#)
    service.change {
      $0.onceOnly[LoopbackFactory.limitsPath] = [
        LoopbackReply(status: 403, body: #"{"error":"The active organization is not accessible"}"#)
      ]
    }
    #expect(try sandbox.waybar().percentage == 63)
    let asked = service.requests.filter { $0.path == LoopbackFactory.limitsPath }
    #expect(asked.map { $0.headers["x-factory-org-id"] } == ["org_gone", nil])
    #expect(service.exchanges.spent == 0)
  }
}
