import Foundation
import LoopbackFactory
import Testing

@Suite("Current behaviour of the service")
struct ServiceTodayTests {
  private static let whoamiPath = "/api/cli/whoami"
  private static let whoami = #"{"userId":"user_9","orgId":"org_9","region":"eu"}"#

  private func requests(_ service: LoopbackFactory, _ path: String) -> [LoopbackRequest] {
    service.requests.filter { $0.path == path }
  }

  @Test("An API key is identified once, and later requests name its organization")
  func apiKey() throws {
    let service = try #require(LoopbackFactory())
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    service.response(Self.whoamiPath, Self.whoami)
    service.change { $0.checksTokens = false }
    let sandbox = try Sandbox(service)
    sandbox.environment["FACTORY_API_KEY"] = "fk-made-up"
    for _ in 0..<3 { #expect(try sandbox.run("refresh", "--force").status == 0) }
    let asked = requests(service, Self.whoamiPath)
    #expect(asked.count == 1)
    #expect(asked.first?.headers["x-factory-whoami-extended"] == "true")
    #expect(asked.first?.headers["authorization"] == "Bearer fk-made-up")
    let limits = requests(service, LoopbackFactory.limitsPath)
    #expect(limits.map { $0.headers["x-factory-org-id"] } == ["org_9", "org_9", "org_9"])
  }

  @Test("A key that cannot be identified still works", arguments: [404, 500])
  func unidentified(status: Int) throws {
    let service = try #require(LoopbackFactory())
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    service.response(Self.whoamiPath, "{}", status: status)
    service.change { $0.checksTokens = false }
    let sandbox = try Sandbox(service)
    sandbox.environment["FACTORY_API_KEY"] = "fk-made-up"
    for _ in 0..<3 { #expect(try sandbox.run("refresh", "--force").status == 0) }
    #expect(requests(service, Self.whoamiPath).count == 1)
  }

  @Test("A login without an organization calls whoami after a 403, before it spends a token")
  func loginWithoutOrganization() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.response(Self.whoamiPath, Self.whoami)
    service.response(LoopbackFactory.tokensPath, #"{"error":"Forbidden"}"#, status: 403)
    service.change {
      $0.onceOnly[LoopbackFactory.limitsPath] = [
        LoopbackReply(status: 403, body: #"{"error":"Forbidden"}"#)
      ]
    }
    #expect(try sandbox.waybar("--wait", "10s").percentage == 63)
    #expect(service.exchanges.spent == 0)
    #expect(
      requests(service, LoopbackFactory.limitsPath).last?.headers["x-factory-org-id"] == "org_9")
    // Remembered: the next refresh names the organization at once.
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(requests(service, Self.whoamiPath).count == 1)
  }

  @Test("A login with an organization does not call whoami")
  func loginWithOrganization() throws {
    let (service, sandbox) = try loggedIn(extra: #","active_organization_id":"org_7""#)
    for path in [LoopbackFactory.limitsPath, LoopbackFactory.tokensPath] {
      service.response(path, "{}", status: 403)
    }
    #expect(try sandbox.waybar("--wait", "10s").alt == "forbidden")
    #expect(requests(service, Self.whoamiPath).isEmpty)
  }

  @Test("The WorkOS address works with and without its path", arguments: ["", "/user_management"])
  func workOSBase(path: String) throws {
    let (service, sandbox) = try expired()
    sandbox.environment["FACTORY_WORKOS_BASE_URL"] = service.base + path
    #expect(try sandbox.run("refresh").status == 0)
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test("A 404 from WorkOS means a wrong URL, not a logout")
  func wrongWorkOSBase() throws {
    let (service, sandbox) = try expired()
    service.change { $0.checksTokens = false }
    sandbox.environment["FACTORY_WORKOS_BASE_URL"] = service.base + "/wrong"
    #expect(try sandbox.run("refresh", "--force").status == 75)
    sandbox.environment["FACTORY_WORKOS_BASE_URL"] = service.base
    #expect(try sandbox.run("refresh", "--force").status == 0)
  }

  @Test("An account that was on an allowance plan is still read as one")
  func failingGateOfAllowance() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, Answers.notOnRateLimits)
    service.response(LoopbackFactory.tokensPath, Answers.tokens())
    #expect(try sandbox.waybar().percentage == 25)
    // The print does not wait for the metadata.
    #expect(try sandbox.run("refresh", "--ttl", "1h").status == 0)
    // A day later the endpoint is requested again.
    let name = try #require(sandbox.allFiles().keys.first { $0.hasSuffix("/metadata") })
    let text = try #require(sandbox.read(sandbox.folder + "/" + name))
    let aged = text.split(separator: "\n").map { line in
      line.hasPrefix("not-on-rate-limits") ? "not-on-rate-limits\t\(now() - 90_000)" : String(line)
    }
    try sandbox.write(sandbox.folder + "/" + name, aged.joined(separator: "\n") + "\n")
    service.response(LoopbackFactory.limitsPath, "{}", status: 503)
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(try sandbox.waybar().percentage == 25)
  }

  @Test("The hours of Droid Computers stay when their request fails, and go when they are denied")
  func compute() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    func showsHours() throws -> Bool {
      #expect(try sandbox.run("refresh", "--force").status == 0)
      return try sandbox.waybar().tooltip.contains("Droid Computers: 1.5 h of 10 h")
    }
    service.response(
      LoopbackFactory.computePath, #"{"orgUsageMs":5400000,"limitMs":36000000}"#)
    #expect(try showsHours())
    service.response(LoopbackFactory.computePath, "{}", status: 500)
    #expect(try showsHours())
    service.response(LoopbackFactory.computePath, "{}", status: 403)
    #expect(try !showsHours())
    let asked = service.count(LoopbackFactory.computePath)
    #expect(try !showsHours())
    #expect(service.count(LoopbackFactory.computePath) == asked)
  }

  @Test("The plan's name in the limits response needs no further request")
  func planType() throws {
    let limits = Answers.limits(63, 20, 5).replacingOccurrences(
      of: #"{"usesTokenRateLimitsBilling""#,
      with: #"{"planType":"pro","usesTokenRateLimitsBilling""#)
    let (_, sandbox) = try loggedIn(limits: limits)
    #expect(try sandbox.waybar().tooltip.contains("<b>Droid · Pro</b>"))
  }
}

@Suite("Several accounts")
struct AccountTests {
  @Test("A section sets the home directory, and label and tooltip show the account")
  func accounts() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let work = service.issue(issuedAt: now(), expiresAt: now() + 7 * 86_400)
    try sandbox.logIn(work, at: sandbox.folder + "/office/.factory/auth.json")
    try sandbox.write(
      sandbox.folder + "/.config/droidbar/config", "[account work]\nhome = ~/office\n")
    #expect(try sandbox.waybar().text.hasPrefix("droid 5h 63%"))
    service.response(LoopbackFactory.limitsPath, Answers.limits(7, 9, 1))
    let reading = try sandbox.waybar("--account", "work")
    #expect(
      reading.text.hasPrefix("droid work 5h 7%") || reading.text.hasPrefix("droid work week 9%"))
    #expect(reading.tooltip.hasPrefix("<tt><b>Droid · work"))
    // Each keeps its own data.
    #expect(try sandbox.waybar().text.hasPrefix("droid 5h 63%"))
    let used = Set(service.requests.compactMap { $0.headers["authorization"] })
    #expect(used.count == 2)
    // Only the login is in its home.
    let files = sandbox.allFiles().keys.filter { $0.hasPrefix("office/") }
    #expect(files.allSatisfy { $0.hasPrefix("office/.factory/") }, "\(files)")
    let doctor = try sandbox.run("doctor")
    #expect(doctor.output.contains("ok    work: auth.json"))
    #expect(doctor.output.contains("ok    auth.json"))
    try FileManager.default.removeItem(atPath: sandbox.folder + "/office/.factory/auth.json")
    let loggedOut = try sandbox.waybar("--account", "work", "--ttl", "0")
    #expect(loggedOut.tooltip.contains("FACTORY_HOME_OVERRIDE=\(sandbox.folder)/office droid"))
    let wrong = try sandbox.waybar("--account", "home")
    #expect(wrong.alt == "config")
    #expect(wrong.tooltip.contains("has no section [account home]"))
  }
}
