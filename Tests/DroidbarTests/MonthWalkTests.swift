import Foundation
import Testing

@testable import BarOutput
@testable import UsageCore
@testable import droidbar

/// A person, their plan, and the service that counts: 5-hour, weekly and monthly windows that begin at first use.
private final class ScriptedMonth: Transport {
  struct Window {
    let name: String
    let length: Int64
    /// Percentage points of this window for each point of the 5-hour window.
    let weight: Double
    var used = 0.0
    var end: Moment?

    func isFull(_ now: Moment) -> Bool { used >= 100 && end.map { $0 > now } ?? false }
  }

  var now: Moment
  var windows = [
    Window(name: "fiveHour", length: 5 * 3600, weight: 1),
    Window(name: "weekly", length: 7 * 86_400, weight: 1 / 8.0),
    Window(name: "monthly", length: 30 * 86_400, weight: 1 / 26.0),
  ]
  private(set) var requests = 0

  init(now: Moment) {
    self.now = now
  }

  var isStopped: Bool { windows.contains { $0.isFull(now) } }

  /// A stretch of work that costs `points` of the 5-hour window.
  func work(_ points: Double) {
    for index in windows.indices {
      if windows[index].end.map({ $0 <= now }) ?? true {
        windows[index].end = now.adding(seconds: windows[index].length - MonthWalkTests.step)
        windows[index].used = 0
      }
      windows[index].used = min(100, windows[index].used + points * windows[index].weight)
    }
  }

  func perform(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
    requests += 1
    guard request.url.hasSuffix("/api/billing/limits") else {
      return HTTPResponse(status: 404, body: [])
    }
    let render = windows.map { window -> String in
      // Like the service: a window that has ended keeps its last percentage.
      let end = window.end.map { "\"\(RFC3339.text($0))\"" } ?? "null"
      let left = window.end.map { $0.seconds(since: now) }.flatMap { $0 > 0 ? "\($0)" : nil }
      return "\"\(window.name)\":{\"usedPercent\":\(Int(window.used)),\"windowEnd\":\(end),"
        + "\"secondsRemaining\":\(left ?? "null")}"
    }
    let body =
      "{\"usesTokenRateLimitsBilling\":true,\"limits\":{\"standard\":{"
      + render.joined(separator: ",") + "}},\"extraUsageBalanceCents\":0,"
      + "\"overagePreference\":null,\"extraUsageAllowed\":false}"
    return HTTPResponse(status: 200, body: Array(body.utf8))
  }
}

/// `DROIDBAR_WALK=1 swift test --filter MonthWalk` prints what the bar said at each turn.
@Suite("Simulation of a month of use")
struct MonthWalkTests {
  static let step: Int64 = 20 * 60
  /// Monday, 2026-11-02 00:00 UTC.
  fileprivate static let start = Moment(seconds: 1_793_577_600)

  /// Points of the 5-hour window an hour: calm days, busy days, a free weekend.
  private static func rate(day: Int64, hour: Int64) -> Double {
    let weekday = day % 7
    let isAtWork = (9..<12).contains(hour) || (13..<18).contains(hour)
    guard weekday < 5, isAtWork else { return 0 }
    let busy: Set<Int64> = [1, 2, 8, 9, 10, 11, 16, 17, 22, 23, 24, 25]
    return busy.contains(day) ? 27 : 9
  }

  @Test("Every reading is correct, and every stop is announced in advance")
  func walk() throws {
    let folder = NSTemporaryDirectory() + "droidbar-month-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let environment = Environment(["HOME": folder, "FACTORY_API_KEY": "fk-made-up"])
    let places = try #require(Places(environment: environment))
    let month = ScriptedMonth(now: Self.start)
    let refresh = UsageRefresh(
      places: places, environment: environment, bases: try ServiceBases(environment: environment),
      transport: month, clock: { month.now })
    var account = OutputLog()
    for tick in 0..<(30 * 86_400 / Self.step) {
      month.now = Self.start.adding(seconds: tick * Self.step)
      let (day, hour) = (tick * Self.step / 86_400, tick * Self.step % 86_400 / 3600)
      let rate = Self.rate(day: day, hour: hour)
      if rate > 0 && !month.isStopped { month.work(rate * Double(Self.step) / 3600) }
      // The machine is on from eight to eight.
      guard (8..<20).contains(hour) else { continue }
      _ = try refresh.run(.init(ttlSeconds: 120))
      let cached = CachedSnapshot(places: places, now: month.now)
      let reading = ReadingRule(ttlSeconds: 120, hasWaited: true, now: month.now)
        .reading(cached.ofLogin, after: nil, storageProblem: { nil })
      let readout = Readout(
        reading, Presentation(clock: { moment, _, _ in OutputLog.clock(moment) }))
      try check(readout, month)
      try checkForecasts(readout)
      account.note(readout, month, rate)
    }
    if ProcessInfo.processInfo.environment["DROIDBAR_WALK"] != nil {
      print(account.lines.joined(separator: "\n"))
    }
    // Every stop was announced while there was time to do something about it.
    #expect(account.stops.count >= 4)
    for stop in account.stops {
      #expect(stop.foreseenSeconds >= 3600, "\(stop)")
    }
    #expect(account.worstMiss <= 0.1, "in the last hour before a stop, as a share of its window")
  }

  /// Percentages, level and windows match those of the simulated service.
  private func check(_ readout: Readout, _ month: ScriptedMonth) throws {
    for (limit, window) in zip(readout.facts.limits, month.windows) {
      let isOver = window.end.map { $0 <= month.now } ?? true
      #expect(limit.usedPercent == (isOver ? 0 : Double(Int(window.used))), "\(limit.id)")
      #expect(limit.resetsAt == (isOver ? nil : window.end))
    }
    #expect((readout.state == .level(.limited)) == month.isStopped)
    if month.isStopped { #expect(readout.facts.headline?.isFull == true) }
  }

  /// Tooltip, templates, JSON, notifications and headline say the same.
  private func checkForecasts(_ readout: Readout) throws {
    let facts = readout.facts
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(BarOutput.Host.json.render(readout).utf8))
        as? [String: Any])
    let rows = try #require(json["limits"] as? [[String: Any]])
    let lines = readout.tooltip.map(\.text).filter { $0.contains("runs out") }
    var announced = 0
    for (limit, row) in zip(facts.limits, rows) {
      let end = limit.runsOut(at: facts.now)
      #expect(row["runs_out_at"] as? String == end.map { RFC3339.text($0.at) })
      #expect((row["runs_out_between"] as? [String])?.count == end.map { _ in 2 })
      var presentation = Presentation(clock: { moment, _, _ in OutputLog.clock(moment) })
      presentation.format = try Template("{\(limit.id).eta}")
      let eta = Readout(
        Reading(data: facts.data, problem: nil, now: facts.now), presentation
      ).text
      #expect(eta.isEmpty == (end == nil))
      let notification = NotificationText(
        LimitNotification(limit: limit, event: .reached(.warning)), facts: facts,
        presentation: presentation)
      #expect(notification.body.contains("runs out") == (end != nil))
      guard end != nil else { continue }
      announced += 1
      #expect(lines.contains { $0.contains("runs out \(eta)") })
    }
    #expect(lines.count == announced)
    if facts.full == nil,
      let first = facts.limits.compactMap({ $0.runsOut(at: facts.now) }).map(\.at).min()
    {
      let headline = try #require(facts.headline)
      // A limit that probably runs out earlier may precede, also if that is too uncertain to be said.
      #expect((headline.runsOut(at: facts.now)?.at ?? first) <= first)
    }
  }

  /// Records what was shown, when it changed, and whether it was right.
  private struct OutputLog {
    struct Stop: CustomStringConvertible {
      let limit: String
      let at: Moment
      let foreseenSeconds: Int64

      var description: String {
        "\(limit) full \(OutputLog.clock(at)), foreseen \(foreseenSeconds / 60) min before"
      }
    }

    private(set) var lines: [String] = []
    private(set) var stops: [Stop] = []
    /// How far the time foreseen in the last hour before a stop was from it, as a share of the window.
    private(set) var worstMiss = 0.0
    private var last = ""
    /// Since when a limit's end has been announced without a break, and the last time that was foreseen.
    private var announced: [String: (since: Moment, at: Moment, full: Moment)] = [:]
    private var full: Set<String> = []

    static func clock(_ moment: Moment) -> String {
      let day = moment.seconds(since: MonthWalkTests.start) / 86_400
      let minute = moment.seconds % 86_400 / 60
      let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
      let (hours, minutes) = (minute / 60, minute % 60)
      return
        "\(day + 1) \(names[Int(day % 7)]) \(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }

    mutating func note(_ readout: Readout, _ month: ScriptedMonth, _ rate: Double) {
      let now = month.now
      for limit in readout.facts.limits {
        if limit.isFull {
          if full.insert(limit.id).inserted { stop(limit, now) }
          announced[limit.id] = nil
          continue
        }
        full.remove(limit.id)
        guard let at = limit.runsOut(at: now)?.at else {
          announced[limit.id] = nil
          continue
        }
        announced[limit.id] = (announced[limit.id]?.since ?? now, now, at)
      }
      let words = readout.tooltip.map(\.text)
      let pace = words.first { $0.contains("runs out") }?.split(separator: " ")
        .joined(separator: " ")
      let turn = "\(readout.state.name) \(readout.facts.headline?.id ?? "-") \(pace != nil)"
      if turn != last {
        lines.append(
          "\(Self.clock(now))  [\(readout.state.name)] \(readout.text)\(pace.map { "  (\($0))" } ?? "")"
        )
      }
      last = turn
    }

    private mutating func stop(_ limit: Limit, _ now: Moment) {
      let known = announced[limit.id]
      let stop = Stop(
        limit: limit.id, at: now, foreseenSeconds: known.map { now.seconds(since: $0.since) } ?? 0)
      if let known, now.seconds(since: known.at) <= 3600 {
        let length = limit.startedAt.flatMap { limit.resetsAt?.seconds(since: $0) } ?? 1
        let miss = Double(abs(known.full.seconds(since: now))) / Double(length)
        worstMiss = max(worstMiss, miss)
      }
      stops.append(stop)
      lines.append("\(Self.clock(now))  -- \(stop)")
    }
  }
}
