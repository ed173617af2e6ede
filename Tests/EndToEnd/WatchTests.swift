import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

@Suite("Watch mode")
struct WatchTests {
  @Test("It prints immediately, and again after another process's refresh")
  func follows() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let watch = try sandbox.start(["polybar", "--watch"])
    defer { watch.kill() }
    #expect(watch.line()?.hasPrefix("droid 5h 63%") == true)
    service.response(LoopbackFactory.limitsPath, Answers.limits(64, 20, 5))
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(watch.line(within: 3)?.hasPrefix("droid 5h 64%") == true)
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(watch.line(within: 0.5) == nil)
  }

  @Test("It refreshes data that is due")
  func fetches() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let watch = try sandbox.start(["plain", "--watch", "--ttl", "1s"])
    defer { watch.kill() }
    #expect(watch.line() == "droid loading")
    #expect(watch.line()?.hasPrefix("droid 5h 63%") == true)
    service.response(LoopbackFactory.limitsPath, Answers.limits(65, 20, 5))
    #expect(watch.line()?.hasPrefix("droid 5h 65%") == true)
  }

  @Test("It looks again when another refresh ends without new data")
  func otherRefresh() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try sandbox.run("refresh").status == 0)
    try sandbox.ageData(seconds: 30)
    service.response(LoopbackFactory.limitsPath, Answers.limits(65, 20, 5))
    guard let lock = try FileLock.take(sandbox.places.refreshLock, waitingAtMost: 1000) else {
      Issue.record("the lock is taken")
      return
    }
    let watch = try sandbox.start(["plain", "--watch", "--ttl", "1s"])
    defer { watch.kill() }
    #expect(watch.line()?.hasPrefix("droid 5h 63%") == true)
    usleep(300_000)
    lock.release()
    #expect(watch.line(within: 5)?.hasPrefix("droid 5h 65%") == true)
  }

  @Test("It notices the reset of a window that is not the one it shows")
  func otherReset() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.response(
      LoopbackFactory.limitsPath,
      Answers.limits(100, 20, 5).replacing("5382", with: "4")
        .replacing(#""extraUsageAllowed":true"#, with: #""extraUsageAllowed":false"#))
    _ = try sandbox.run("refresh")
    let watch = try sandbox.start(["plain", "--watch", "--window", "week", "--ttl", "1h"])
    defer { watch.kill() }
    #expect(watch.line()?.contains("5h full") == true)
    let line = watch.line(within: 10)
    #expect(line?.contains("week 20%") == true && line?.contains("5h full") == false)
  }

  @Test("A configuration error is shown in the protocol of the bar, which i3bar needs to go on")
  func misconfigured() throws {
    let sandbox = try Sandbox()
    let watch = try sandbox.start(["i3bar", "--watch", "--ttl", "5min"])
    defer { watch.kill() }
    #expect(watch.line() == #"{"version":1,"click_events":true}"#)
    #expect(watch.line() == "[")
    let line = watch.line()
    #expect(line?.hasPrefix(#"[{"name":"droid","full_text":"droid "#) == true)
    #expect(line?.hasSuffix("],") == true)
    #expect(!watch.ends(within: 0.5))
    watch.closeOutput()
    #expect(watch.ends())
    let base = ["FACTORY_API_BASE_URL": "http://example.com"]
    let refused = try sandbox.start(["i3bar", "--watch"], environment: base)
    defer { refused.kill() }
    let lines = [refused.line(), refused.line(), refused.line()]
    #expect(lines[0]?.hasPrefix(#"{"version""#) == true && lines[2]?.hasPrefix("[{") == true)
  }

  @Test("It exits when the bar does, and on SIGTERM")
  func ends() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let orphan = try sandbox.start(["waybar", "--watch"])
    #expect(orphan.line() != nil)
    orphan.closeOutput()
    #expect(orphan.ends())
    let told = try sandbox.start(["waybar", "--watch", "--demo"])
    #expect(told.line() != nil)
    kill(told.pid, SIGTERM)
    #expect(told.ends(within: 2))
  }

  @Test("SIGUSR1 and the signal of --signal refresh immediately")
  func signals() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let watch = try sandbox.start(["plain", "--watch", "--signal", "8"])
    defer { watch.kill() }
    #expect(watch.line()?.hasPrefix("droid 5h 63%") == true)
    service.response(LoopbackFactory.limitsPath, Answers.limits(64, 20, 5))
    kill(watch.pid, SIGUSR1)
    #expect(watch.line()?.hasPrefix("droid 5h 64%") == true)
    service.response(LoopbackFactory.limitsPath, Answers.limits(66, 20, 5))
    kill(watch.pid, 34 + 8)
    #expect(watch.line()?.hasPrefix("droid 5h 66%") == true)
  }

  @Test("i3bar gets its header and endless array, and sends its clicks")
  func i3bar() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let watch = try sandbox.start(["i3bar", "--watch"])
    defer { watch.kill() }
    #expect(watch.line() == #"{"version":1,"click_events":true}"#)
    #expect(watch.line() == "[")
    #expect(watch.line()?.hasPrefix(#"[{"name":"droid","full_text":"droid 5h 63%"#) == true)
    watch.type("[\n")
    watch.type(
      #",{"name":"droid","button":1,"x":3}"# + "\n" + #",{"name":"droid","button": 1}"# + "\n")
    #expect(watch.line()?.contains("week 20%") == true)
    #expect(watch.line()?.contains("month 5%") == true)
    watch.type(#",{"name":"droid","button":4}"# + "\n")
    #expect(watch.line()?.contains("week 20%") == true)
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 21, 5))
    watch.type(#",{"name":"droid","button":2}"# + "\n")
    #expect(watch.line()?.contains("week 21%") == true)
  }

  @Test(
    "Clicks are read from a persistent block of i3blocks 1.5, but never with 1.4")
  func i3blocks() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let old = try sandbox.start(["i3blocks", "--watch"])
    defer { old.kill() }
    #expect(old.line()?.hasPrefix("droid 5h 63%") == true)
    // The choices of a state folder are shared.
    let new = try sandbox.start(
      ["i3blocks", "--watch"],
      environment: ["interval": "persist", "XDG_STATE_HOME": sandbox.folder + "/state"])
    defer { new.kill() }
    #expect(new.line()?.hasPrefix("droid 5h 63%") == true)
    old.type("1\n1\n")
    new.type("1\n1\n")
    #expect(new.line()?.hasPrefix("droid week 20%") == true)
    #expect(old.line(within: 0.1) == nil)
  }

  @Test("Thirty-two watches share one refresh")
  func thirtyTwo() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let watches = try (0..<32).map { _ in try sandbox.start(["plain", "--watch"]) }
    defer { for watch in watches { watch.kill() } }
    for watch in watches {
      var line = watch.line()
      if line == "droid loading" { line = watch.line() }
      #expect(line?.hasPrefix("droid 5h 63%") == true)
    }
    #expect(service.count(LoopbackFactory.limitsPath) == 1)
  }

  @Test("A service failure is printed once, with its problem")
  func failing() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    service.response(LoopbackFactory.limitsPath, "", status: 500)
    let watch = try sandbox.start(["json", "--watch", "--ttl", "1s"])
    defer { watch.kill() }
    var lines: [String] = []
    while let line = watch.line(within: 4) {
      lines.append(line)
      if line.contains("service-error") { break }
    }
    #expect(lines.last?.contains(#""stale":true,"problem":"service-error""#) == true)
    #expect(lines.last?.contains(#""used_percent":63"#) == true)
  }
}
