import Foundation
import LoopbackFactory
import Testing

@Suite("Usage from the service to the bar")
struct UsageTests {
  @Test("A first print on a cold cache shows the windows of the account")
  func coldCache() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let reading = try sandbox.waybar()
    #expect(reading.percentage == 63)
    #expect(reading.alt == "ok")
    #expect(reading.classes == ["ok"])
    #expect(service.count(LoopbackFactory.limitsPath) == 1)
    #expect(service.count(LoopbackFactory.tokensPath) == 0)
    #expect(service.exchanges.spent == 0)
  }

  @Test("A print within the TTL sends no request")
  func insideTTL() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let asked = service.requests.count
    service.response(LoopbackFactory.limitsPath, Answers.limits(99, 99, 99))
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.requests.count == asked)
  }

  @Test("An account without rate limits shows its tokens and the plan they imply")
  func tokens() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.notOnRateLimits)
    service.response(LoopbackFactory.tokensPath, Answers.tokens())
    let reading = try sandbox.waybar()
    #expect(reading.percentage == 25)
    #expect(reading.tooltip.contains("Pro"))
    #expect(reading.tooltip.contains("5.0M/20.0M"))
  }

  @Test("A 405 and the account type are remembered, so that neither costs another request")
  func learns() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.notOnRateLimits)
    service.response(LoopbackFactory.tokensPath, Answers.tokens())
    service.change { $0.refusesPost = true }
    #expect(try sandbox.run("refresh").status == 0)
    #expect(try sandbox.run("refresh", "--force").status == 0)
    let tokens = service.requests.filter { $0.path == LoopbackFactory.tokensPath }
    #expect(tokens.map(\.method) == ["POST", "GET", "GET"])
    #expect(tokens[1].query == "useCache=true&userId=user_1")
    #expect(service.count(LoopbackFactory.limitsPath) == 1)
  }

  @Test("A move to rate limits is detected when the allowance endpoint fails")
  func movesToRateLimits() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.notOnRateLimits)
    service.response(LoopbackFactory.tokensPath, Answers.tokens())
    _ = try sandbox.waybar()
    service.response(LoopbackFactory.tokensPath, "{}", status: 404)
    service.response(LoopbackFactory.limitsPath, Answers.limits(10, 20, 30))
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(try sandbox.waybar("--window", "month").percentage == 30)
  }

  @Test("If the limits endpoint fails, an account on rate limits never shows an old allowance")
  func gateFails() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.response(LoopbackFactory.tokensPath, Answers.tokens(used: 335_600_000))
    _ = try sandbox.waybar()
    service.response(LoopbackFactory.limitsPath, "", status: 500)
    #expect(try sandbox.run("refresh", "--force").status == 75)
    let reading = try sandbox.waybar("--ttl", "0")
    #expect(reading.percentage == 63)
    #expect(reading.classes == ["ok", "stale", "service-error"])
    #expect(service.count(LoopbackFactory.tokensPath) == 0)
  }

  @Test("Names from the service are shown as plain text")
  func hostileName() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.response(
      LoopbackFactory.profilePath,
      Answers.profile(organization: "</span>%{A1:rm -rf ~:}", plan: "Factory Max Plan"))
    #expect(try sandbox.run("refresh").status == 0)
    let reading = try sandbox.waybar()
    #expect(reading.tooltip.contains("&lt;/span&gt;%{A1:rm -rf ~:}"))
    #expect(reading.tooltip.contains("Droid · Max · "))
    let polybar = try sandbox.run("polybar", "--format", "{organization}")
    #expect(polybar.output == "</span>%%{O0}{A1:rm -rf ~:}\n")
    let i3blocks = try sandbox.run("i3blocks", "--format", "{organization}", "--markup", "pango")
    #expect(i3blocks.output.hasPrefix("&lt;/span&gt;%{A1:rm -rf ~:}\n"))
  }

  @Test("The next print detects a new login, even if the file was modified in place")
  func newLogin() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try sandbox.run("refresh").status == 0)
    let asked = service.requests.count
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.requests.count == asked)

    service.change { $0.user = "user_2" }
    service.response(LoopbackFactory.limitsPath, Answers.limits(7, 8, 9))
    let other = service.issue(issuedAt: now(), expiresAt: now() + 7 * 86_400)
    try sandbox.logIn(other, at: sandbox.factory + "/auth.encrypted")
    #expect(try sandbox.waybar("--wait", "10s").text.hasPrefix("droid month 9%"))
    #expect(try sandbox.run("refresh", "--force").status == 0)
    let handle = try #require(FileHandle(forWritingAtPath: sandbox.factory + "/auth.encrypted"))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data("no login".utf8))
    try handle.close()
    // The older store belongs to another account, whose usage is then requested.
    let before = service.count(LoopbackFactory.limitsPath)
    _ = try sandbox.waybar("--wait", "10s")
    #expect(service.count(LoopbackFactory.limitsPath) == before + 1)
  }
}

@Suite("Clicks from i3blocks")
struct ClickTests {
  @Test("Each click moves to the next window after the one that is shown, for this host alone")
  func windows() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5, core: 8))
    func click(_ button: String?) throws -> String {
      let environment = button.map { ["BLOCK_BUTTON": $0] } ?? [:]
      return try sandbox.start(["i3blocks"], environment: environment).finish().output.components(
        separatedBy: " ")[1]
    }
    #expect(try click(nil) == "5h")
    #expect(try (0..<4).map { _ in try click("1") } == ["week", "month", "core", "5h"])
    #expect(try (0..<2).map { _ in try click("4") } == ["core", "month"])
    #expect(try click("5") == "core")
    #expect(try click(nil) == "core")
    #expect(try sandbox.run("polybar").output.contains("droid 5h"))
  }

  @Test("A chosen window names a worse one")
  func worse() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 95, 5))
    let run = try sandbox.start(["i3blocks"], environment: ["BLOCK_BUTTON": "1"]).finish()
    #expect(run.output.hasPrefix("droid month 5%"))
    #expect(run.output.contains("· week 95%"))
    #expect(run.status == 33)
  }

  @Test("The choice ends after an hour")
  func expiry() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    _ = try sandbox.start(["plain"], environment: ["BLOCK_BUTTON": "1"]).finish()
    let file = try #require(sandbox.allFiles().first { $0.key.contains("window-plain") })
    let expiry = try #require(Int(file.value.split(separator: "\t")[1].dropLast()))
    #expect(abs(expiry - now() - 3600) < 10)
    try sandbox.write(sandbox.folder + "/" + file.key, "week\t\(now() - 1)\n")
    #expect(try sandbox.run("plain").output.hasPrefix("droid 5h"))
  }

  @Test("The choice ends with its window")
  func windowEnds() throws {
    let limits = Answers.limits(63, 20, 5).replacing(
      #""secondsRemaining":5382"#, with: #""secondsRemaining":600"#)
    let (_, sandbox) = try loggedIn(limits: limits)
    _ = try sandbox.run("refresh")
    _ = try sandbox.start(["plain", "--window", "week"], environment: ["BLOCK_BUTTON": "4"])
      .finish()
    let file = try #require(sandbox.allFiles().first { $0.key.contains("window-plain") })
    #expect(file.value.hasPrefix("5h\t"))
    let expiry = try #require(Int(file.value.split(separator: "\t")[1].dropLast()))
    #expect(abs(expiry - now() - 600) < 10)
  }

  @Test("The middle button refreshes immediately")
  func refresh() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("i3blocks")
    service.response(LoopbackFactory.limitsPath, Answers.limits(64, 20, 5))
    let run = try sandbox.start(["i3blocks"], environment: ["BLOCK_BUTTON": "2"]).finish()
    #expect(run.output.hasPrefix("droid 5h 64%"))
  }

  @Test("The right button opens the usage page")
  func open() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let opened = sandbox.folder + "/opened"
    try sandbox.writeProgram("xdg-open", "echo \"$1\" > '\(opened)'")
    let path = ["BLOCK_BUTTON": "3", "PATH": sandbox.folder + "/bin:/usr/bin:/bin"]
    #expect(
      try sandbox.start(["i3blocks"], environment: path).finish().output.hasPrefix("droid 5h 63%"))
    waitUntil { sandbox.read(opened) != nil }
    #expect(sandbox.read(opened) == "https://app.factory.ai/settings/usage\n")
  }
}
