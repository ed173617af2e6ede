import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

/// Gives a home a day of hourly samples, in which the week rises by one point an hour.
private func withHistory(_ sandbox: Sandbox) throws {
  let places = try sandbox.places
  #expect(try sandbox.run("refresh").status == 0)
  let snapshot = try #require(SnapshotFile.load(places.snapshotFile))
  let data = try #require(snapshot.data)
  let now = data.takenAt
  let latest = Sample(data, utcOffset: 0)
  let samples = (1...26).reversed().flatMap { hour -> [Sample] in
    let shares = latest.shares.compactMap { share -> Sample.Share? in
      guard share.limit == "week" else { return nil }
      return Sample.Share(
        limit: "week", usedPercent: share.usedPercent - Double(hour), resetsAt: share.resetsAt)
    }
    return [Sample(takenAt: now.adding(seconds: Int64(-hour) * 3600), utcOffset: 0, shares: shares)]
  }
  let lines = [HistoryFile.header.joined(separator: "\t") + "\n"] + samples.map { $0.line }
  try sandbox.write(
    HistoryFile(folder: places.accountDirectory, account: snapshot.account).path,
    lines.joined())
  #expect(try sandbox.run("refresh", "--force").status == 0)
}

@Suite("Trends, forecasts and status output")
struct OutlookTests {
  @Test("A day of history gives the week a rate, a forecast and a sparkline")
  func forecast() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(20, 80, 5))
    try withHistory(sandbox)
    let reading = try sandbox.waybar()
    // 20 points left at one an hour, 120 hours before the reset.
    #expect(reading.text.hasPrefix("droid week 80%"))
    #expect(reading.tooltip.contains("runs out"))
    #expect(reading.tooltip.contains("4d before reset"))
    #expect(reading.tooltip.contains("last 7 days"))
    let eta = try sandbox.run(
      "plain", "--format", "{eta?}{eta}{/}|{week.pace}|{5h.eta}|{month.eta}")
    #expect(eta.output.wholeMatch(of: /.+\|\+\d+\|\|\n/) != nil)
  }

  @Test("A cached print does not open the history")
  func printReadsNoHistory() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(20, 60, 5))
    try withHistory(sandbox)
    let before = try sandbox.waybar()
    let files = sandbox.allFiles().keys.filter { $0.contains("history-") }
    try #require(!files.isEmpty)
    for name in files { try FileManager.default.removeItem(atPath: sandbox.folder + "/" + name) }
    #expect(try sandbox.waybar() == before)
  }

  @Test("A history that cannot be written does not stop a refresh")
  func unwritable() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try sandbox.run("refresh").status == 0)
    let files = sandbox.allFiles().keys.filter { $0.contains("history-") }
    try #require(!files.isEmpty)
    for name in files {
      try FileManager.default.removeItem(atPath: sandbox.folder + "/" + name)
      try FileManager.default.createDirectory(
        atPath: sandbox.folder + "/" + name, withIntermediateDirectories: true)
    }
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(try sandbox.waybar().percentage == 63)
  }

  @Test("'status' in a pipe is plain")
  func piped() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(95, 20, 5))
    let piped = try sandbox.run("status")
    #expect(piped.output.contains("5-hour   █████████░  95%"))
    #expect(!piped.output.contains("\u{1b}"))
    #expect(piped.errors.isEmpty)
  }

  /// util-linux's way to a terminal.
  private static let script = "/usr/bin/script"
  static var hasTerminal: Bool { access(script, X_OK) == 0 }

  private func terminal(_ sandbox: Sandbox, _ command: String, _ more: [String: String] = [:])
    throws
    -> String
  {
    try RunningProgram(
      [Self.script, "-qec", "stty cols 100; \(command)", "/dev/null"],
      environment: sandbox.environment.merging(["LANG": "C.UTF-8"]) { $1 }.merging(more) { $1 }
    ).finish().output
  }

  @Test(
    "'status' on a terminal uses colour and the terminal's width, and respects NO_COLOR",
    .enabled(if: hasTerminal))
  func status() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(95, 20, 5))
    let shown = try terminal(sandbox, "\(Sandbox.program) status")
    #expect(shown.contains("\u{1b}[31m███████████████████░  95%\u{1b}[0m"))
    let plain = try terminal(sandbox, "\(Sandbox.program) status", ["NO_COLOR": "1"])
    #expect(plain.contains("███████████████████░  95%"))
    #expect(!plain.contains("\u{1b}[31m"))
  }

  @Test(
    "'status' on a terminal shows a progress indicator and then clears it",
    .enabled(if: hasTerminal))
  func progress() throws {
    let (service, sandbox) = try loggedIn()
    var slow = LoopbackReply(body: Answers.limits(63, 20, 5))
    slow.delayMilliseconds = 700
    service.change { $0.replies[LoopbackFactory.limitsPath] = slow }
    let shown = try terminal(sandbox, "\(Sandbox.program) status")
    let asking = try #require(shown.range(of: "refreshing"))
    let cleared = try #require(shown.range(of: "\r\u{1b}[K"))
    let figure = try #require(shown.range(of: "63%"))
    #expect(asking.lowerBound < cleared.lowerBound && cleared.lowerBound < figure.lowerBound)
  }

  @Test("Today's tokens are shown only with --local")
  func local() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.write(
      sandbox.factory + "/sessions/p/one.settings.json",
      """
      {"model":"opus","providerLockTimestamp":"\(Date().ISO8601Format())",
       "tokenUsage":{"inputTokens":1200000,"cacheReadTokens":3400000}}
      """)
    let local = try sandbox.run("status", "--local")
    #expect(local.output.contains("Today on this machine: 1.2M + 3.4M from cache"))
    #expect(local.output.contains("  opus  1.2M"))
    // A refresh without --local keeps them.
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(try sandbox.run("status", "--local").output.contains("opus"))
    #expect(try !sandbox.run("status").output.contains("opus"))
  }
}
