import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

@Suite("A bar gets one valid reading despite any failure")
struct FaultTests {
  @Test("Without a login, the bar says so and mentions droid")
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

  @Test("Without a connection and a cache, there is no percentage")
  func offline() throws {
    let sandbox = try Sandbox()
    try sandbox.logIn((TestToken.make(expiresAt: 4_102_444_800), "refresh_1"))
    #expect(try sandbox.waybar().alt == "offline")
    #expect(try sandbox.run("refresh", "--force").status == 75)
  }

  @Test("When the connection fails later, the last reading stays, stale and with its age")
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

  @Test("Retry-After is obeyed, even with --force")
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
    "During a Retry-After, only a change of account deletes data, and no request is sent"
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

  @Test("A 503 may have a Retry-After too")
  func unavailable() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 503, headers: ["Retry-After": "600"])
    #expect(try sandbox.waybar().alt == "service-error")
    #expect(try sandbox.run("refresh", "--force").status == 75)
    #expect(service.requests.count == 1)
  }

  @Test(
    "An invalid response is a service error",
    arguments: [
      "", "<html>", "[]", "null", "{\"usage\":1}", "\u{0}", "{\"usesTokenRateLimitsBilling\":true",
    ])
  func invalidResponse(body: String) throws {
    let (service, sandbox) = try loggedIn(limits: body)
    service.response(LoopbackFactory.tokensPath, body)
    #expect(try sandbox.waybar().alt == "service-error")
  }

  @Test("A response larger than 1 MiB is not read completely")
  func hugeBody() throws {
    let (service, sandbox) = try loggedIn(limits: String(repeating: " ", count: 3 << 20) + "{}")
    _ = service
    #expect(try sandbox.waybar().alt == "service-error")
  }

  @Test("droid's status line does not wait for a refresh, which continues in the background")
  func droidDoesNotWait() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.change { $0.replies[LoopbackFactory.limitsPath]?.delayMilliseconds = 1000 }
    #expect(try sandbox.run("droid").output.contains("droid loading"))
    #expect(try sandbox.run("refresh", "--ttl", "1h").status == 0)
    #expect(try sandbox.run("droid", "--ttl", "1h").output.contains("droid 5h 63%"))
  }

  @Test("Old data says its age while a refresh is in progress")
  func refreshing() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.waybar()
    try sandbox.ageData(seconds: 7500)
    service.change { $0.replies[LoopbackFactory.limitsPath]?.delayMilliseconds = 1000 }
    let reading = try sandbox.waybar("--wait", "0")
    #expect(reading.percentage == 63)
    #expect(reading.text.hasSuffix(" · 2h 5m old"))
    #expect(reading.tooltip.contains("Refreshing…"))
    #expect(reading.tooltip.contains("Data is 2h 5m old"))
  }

  @Test("A service that hangs does not stop the print")
  func hungService() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.waybar()
    service.change { $0.replies[LoopbackFactory.limitsPath]?.delayMilliseconds = 2000 }
    let reading = try sandbox.waybar("--ttl", "0", "--wait", "1s")
    #expect(reading.percentage == 63)
    #expect(reading.classes.starts(with: ["ok", "stale"]))
    // The refresh continues until it has finished.
    #expect(try sandbox.run("refresh", "--ttl", "1h").status == 0)
    #expect(service.count(LoopbackFactory.limitsPath) == 2)
  }

  @Test(
    "A truncated or foreign cache file counts as missing",
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

  @Test("A cache path that is not a folder is reported")
  func cacheIsAFile() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.write(sandbox.folder + "/cache", "a file")
    let reading = try sandbox.waybar(environment: ["XDG_CACHE_HOME": sandbox.folder + "/cache"])
    #expect(reading.alt == "config")
    #expect(reading.tooltip.contains(sandbox.folder + "/cache"))
  }

  @Test("A missing or unset home directory still gives a reading")
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
    "Invalid arguments and settings are one sentence in the bar",
    arguments: ["waybar", "i3blocks", "polybar"])
  func wrongOption(host: String) throws {
    let sandbox = try Sandbox()
    let run = try sandbox.run(host, "--warnin", "80")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("--warnin"))
    #expect(run.output.contains("--warning"))
  }

  @Test("An error in the configuration file is reported with its line")
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
    let missing = try sandbox.run("refresh", "--config", sandbox.folder + "/none")
    #expect(missing.status == 64 && missing.errors.contains("/none does not exist"))
  }

  @Test(
    "A URL to which no login may be sent is rejected",
    arguments: ["http://example.com", "ftp://x", "x"])
  func badBase(base: String) throws {
    let sandbox = try Sandbox()
    let reading = try sandbox.waybar(environment: ["FACTORY_API_BASE_URL": base])
    #expect(reading.alt == "config")
    #expect(reading.tooltip.contains("FACTORY_API_BASE_URL"))
  }
}
