import Foundation
import LoopbackFactory
import Testing

@Suite("Whatever goes wrong, a bar gets one valid reading")
struct FaultTests {
  @Test("Without a login the bar says so and names droid")
  func noLogin() throws {
    let service = try #require(LoopbackFactory())
    let sandbox = try Sandbox(service)
    let reading = try sandbox.waybar()
    #expect(reading.alt == "logged-out")
    #expect(reading.percentage == nil)
    #expect(reading.tooltip.contains("droid"))
    #expect(try sandbox.run("refresh").status == 77)
    #expect(service.requests.isEmpty)
  }

  @Test("Offline from the start there is no figure")
  func offline() throws {
    let sandbox = try Sandbox()
    try sandbox.logIn((TestToken.make(expiresAt: 4_102_444_800), "refresh_1"))
    #expect(try sandbox.waybar().alt == "offline")
    #expect(try sandbox.run("refresh", "--force").status == 75)
  }

  @Test("Offline later the last figure stays, stale and with its age")
  func offlineLater() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.waybar()
    service.stop()
    sandbox.environment["FACTORY_API_BASE_URL"] = service.base
    let reading = try sandbox.waybar("--ttl", "0")
    #expect(reading.percentage == 63)
    #expect(reading.classes == ["ok", "stale", "offline"])
    #expect(reading.text.contains("63% · &lt;1m old"))
    let polybar = try sandbox.run("polybar", "--ttl", "0")
    #expect(polybar.output.contains("63% · <1m old"))
  }

  @Test("A failed refresh is not repeated at every print")
  func backOff() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "", status: 503)
    service.response(LoopbackFactory.tokensPath, "", status: 503)
    #expect(try sandbox.waybar().alt == "service-error")
    let asked = service.requests.count
    for _ in 0..<5 { #expect(try sandbox.waybar().alt == "service-error") }
    #expect(service.requests.count == asked)
    #expect(try sandbox.run("refresh", "--force").status == 75)
    #expect(service.requests.count > asked)
  }

  @Test("Retry-After is kept, and not even --force breaks it")
  func silence() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 429, headers: ["Retry-After": "250"])
    let reading = try sandbox.waybar()
    #expect(reading.alt == "rate-limited")
    #expect(reading.tooltip.contains("retrying in 4m"))
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    let refresh = try sandbox.run("refresh", "--force")
    #expect(refresh.status == 75)
    #expect(refresh.errors.contains("retrying in 4m"))
    #expect(try sandbox.waybar().alt == "rate-limited")
    #expect(service.count(LoopbackFactory.limitsPath) == 1)
  }

  @Test(
    "A login that changes during the silence keeps its data, another account's go, and nothing is asked"
  )
  func silenceAndLogin() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try sandbox.run("refresh").status == 0)
    service.response(LoopbackFactory.limitsPath, "{}", status: 429, headers: ["Retry-After": "250"])
    #expect(try sandbox.run("refresh", "--force").status == 75)
    let asked = service.requests.count
    try sandbox.logIn(service.rotate(try #require(sandbox.storedRefreshToken)))
    let same = try sandbox.waybar("--ttl", "0")
    #expect(same.percentage == 63)
    #expect(same.classes == ["ok", "stale", "rate-limited"])
    service.change { $0.user = "user_2" }
    try sandbox.logIn(service.rotate(try #require(sandbox.storedRefreshToken)))
    let other = try sandbox.waybar("--ttl", "0")
    #expect(other.percentage == nil)
    #expect(other.alt == "rate-limited")
    #expect(service.requests.count == asked)
  }

  @Test("A 503 may ask for silence too")
  func unavailable() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 503, headers: ["Retry-After": "600"])
    #expect(try sandbox.waybar().alt == "service-error")
    #expect(try sandbox.run("refresh", "--force").status == 75)
    #expect(service.requests.count == 1)
  }

  @Test(
    "An response that makes no sense is a service error",
    arguments: [
      "", "<html>", "[]", "null", "{\"usage\":1}", "\u{0}", "{\"usesTokenRateLimitsBilling\":true",
    ])
  func invalidResponse(body: String) throws {
    let (service, sandbox) = try loggedIn(limits: body)
    service.response(LoopbackFactory.tokensPath, body)
    #expect(try sandbox.waybar().alt == "service-error")
  }

  @Test("A body beyond 1 MiB is not read to its end")
  func hugeBody() throws {
    let (service, sandbox) = try loggedIn(limits: String(repeating: " ", count: 3 << 20) + "{}")
    _ = service
    #expect(try sandbox.waybar().alt == "service-error")
  }

  @Test("A service that hangs does not stop the print")
  func hungService() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.waybar()
    service.change { $0.replies[LoopbackFactory.limitsPath]?.delayMilliseconds = 3000 }
    let reading = try sandbox.waybar("--ttl", "0", "--wait", "1s")
    #expect(reading.percentage == 63)
    #expect(reading.classes.starts(with: ["ok", "stale"]))
    // The refresh goes on to its end.
    #expect(try sandbox.run("refresh", "--ttl", "1h").status == 0)
    #expect(service.count(LoopbackFactory.limitsPath) == 2)
  }

  @Test(
    "A torn or foreign cache counts as none",
    arguments: ["", "droidbar-usage\t1\nacc", "{}", "\u{0}\u{ff}\n"])
  func tornCache(content: String) throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.waybar()
    let file = try #require(
      sandbox.allFiles().keys.first { $0.hasPrefix(".cache/droidbar/usage-") })
    try sandbox.write(sandbox.folder + "/" + file, content)
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.count(LoopbackFactory.limitsPath) == 2)
  }

  @Test("A cache that is no folder is named as what to mend")
  func cacheIsAFile() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.write(sandbox.folder + "/cache", "a file")
    let reading = try sandbox.waybar(environment: ["XDG_CACHE_HOME": sandbox.folder + "/cache"])
    #expect(reading.alt == "config")
    #expect(reading.tooltip.contains(sandbox.folder + "/cache"))
  }

  @Test("A home that does not exist, or none at all, gives a reading")
  func noHome() throws {
    let sandbox = try Sandbox()
    #expect(!(try sandbox.waybar(environment: ["HOME": "/proc/nowhere"]).text.isEmpty))
    sandbox.environment["HOME"] = nil
    sandbox.environment["XDG_CACHE_HOME"] = sandbox.folder + "/c"
    sandbox.environment["XDG_STATE_HOME"] = sandbox.folder + "/s"
    sandbox.environment["FACTORY_HOME_OVERRIDE"] = sandbox.folder
    #expect(try sandbox.waybar().alt == "logged-out")
  }

  @Test(
    "Wrong words and settings are one sentence in the bar",
    arguments: ["waybar", "i3blocks", "polybar"])
  func wrongOption(host: String) throws {
    let sandbox = try Sandbox()
    let run = try sandbox.run(host, "--warnin", "80")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("--warnin"))
    #expect(run.output.contains("--warning"))
  }

  @Test("A file with a mistake is named with its line")
  func wrongFile() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      sandbox.folder + "/.config/droidbar/config", "# mine\nttl = 90s\ncolour = red\n")
    let reading = try sandbox.waybar("--demo")
    #expect(reading.alt == "config")
    #expect(reading.tooltip.contains("/.config/droidbar/config:3: unknown key"))
    let refresh = try sandbox.run("refresh")
    #expect(refresh.status == 64)
    #expect(refresh.errors.contains("config:3:"))
    #expect(refresh.errors.hasSuffix("Try 'droidbar --help'.\n"))
  }

  @Test(
    "An address that a login must not be sent to is refused",
    arguments: ["http://example.com", "ftp://x", "x"])
  func badBase(base: String) throws {
    let sandbox = try Sandbox()
    let reading = try sandbox.waybar(environment: ["FACTORY_API_BASE_URL": base])
    #expect(reading.alt == "config")
    #expect(reading.tooltip.contains("FACTORY_API_BASE_URL"))
  }
}
