import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

@Suite("Clock changes")
struct ClockTests {
  private func refresh(_ sandbox: Sandbox, shifted seconds: Int64, forced: Bool = true) throws
    -> UsageRefresh.Outcome
  {
    let environment = Environment(sandbox.environment)
    let refresh = UsageRefresh(
      places: try sandbox.places, environment: environment,
      bases: try ServiceBases(environment: environment),
      transport: CurlTransport(environment: environment),
      clock: { Moment.now().adding(seconds: seconds) })
    return try refresh.run(.init(ttlSeconds: 120, isForced: forced))
  }

  private func isFetched(_ outcome: UsageRefresh.Outcome) -> Bool {
    if case .fetched = outcome { true } else { false }
  }

  @Test("With the clock a month ahead, the token is refreshed once, not at every poll")
  func ahead() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    for _ in 0..<5 { #expect(isFetched(try refresh(sandbox, shifted: 30 * 86_400))) }
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test("With the clock set back, no login is refreshed and data from the future is replaced")
  func back() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try refresh(sandbox, shifted: 30 * 86_400)
    let asked = service.count(LoopbackFactory.limitsPath)
    #expect(isFetched(try refresh(sandbox, shifted: 0, forced: false)))
    #expect(isFetched(try refresh(sandbox, shifted: -30 * 86_400, forced: false)))
    #expect(service.count(LoopbackFactory.limitsPath) == asked + 2)
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test("A Retry-After keeps its length when the clock is set back")
  func silence() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 429, headers: ["Retry-After": "300"])
    _ = try refresh(sandbox, shifted: 86_400)
    guard case .mustWait(_, let until) = try refresh(sandbox, shifted: 0) else {
      Issue.record("the pause was not kept")
      return
    }
    #expect((295...305).contains(until.seconds(since: .now())))
    #expect(service.count(LoopbackFactory.limitsPath) == 1)
  }

  /// `17:59`, as `hours` ahead of UTC.
  private func clock(_ moment: Moment, hours: Int64) -> String {
    let time = CivilTime(moment, utcOffset: hours * 3600)
    return [time.hour, time.minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// Prints when a window resets.
  private func reset(_ window: String, _ sandbox: Sandbox, timeZone: String) throws -> Substring {
    sandbox.environment["TZ"] = timeZone
    return try sandbox.run("plain", "--window", window, "--label", "", "--format", "{resets}")
      .output.dropLast().suffix(5)
  }

  @Test("Times are in the time zone of the print, not in that of the refresh")
  func timeZone() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.run("refresh")
    let data = try #require(SnapshotFile.load(try sandbox.places.snapshotFile)?.data)
    let zones: [(String, Int64)] = [("UTC", 0), ("XXX-9", 9), ("YYY+7", -7), ("", 0), (":UTC", 0)]
    for (zone, hours) in zones {
      let end = clock(data.takenAt.adding(seconds: 5382), hours: hours)
      #expect(try reset("5h", sandbox, timeZone: zone) == end, "\(zone)")
    }
  }

  @Test("Times after a change of the clocks have the offset that applies then")
  func clockChange() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    // Summer time lasts from the day after tomorrow, before the weekly reset, until three months later.
    let rules = ([2, 90] as [Int64]).map { days in
      let day = CivilTime(Moment.now().adding(seconds: days * 86_400))
      return "M\(day.month).\((day.dayOfMonth - 1) / 7 + 1).\(day.weekday)"
    }
    let zone = "STD-2DST," + rules.joined(separator: ",")
    sandbox.environment["TZ"] = zone
    _ = try sandbox.run("refresh")
    let data = try #require(SnapshotFile.load(try sandbox.places.snapshotFile)?.data)
    for (window, seconds, hours) in [
      ("5h", 5382, 2), ("week", 432_468, 3), ("month", 2_419_668, 3),
    ]
      as [(String, Int64, Int64)]
    {
      let end = clock(data.takenAt.adding(seconds: seconds), hours: hours)
      #expect(try reset(window, sandbox, timeZone: zone) == end, "\(window)")
    }
  }

  private static let localeSource = """
    LC_TIME
    abday "Xa";"Xb";"Xc";"Xd";"Xe";"Xf";"Xg"
    day "Xaa";"Xbb";"Xcc";"Xdd";"Xee";"Xff";"Xgg"
    abmon "Y1";"Y2";"Y3";"Y4";"Y5";"Y6";"Y7";"Y8";"Y9";"Y10";"Y11";"Y12"
    mon "Z1";"Z2";"Z3";"Z4";"Z5";"Z6";"Z7";"Z8";"Z9";"Z10";"Z11";"Z12"
    am_pm "before";"after"
    t_fmt "%I:%M %p"
    d_t_fmt "%a"
    d_fmt "%d"
    t_fmt_ampm "%I:%M %p"
    END LC_TIME

    """

  @Test("A locale's names and 12-hour clock are used, also at noon and midnight")
  func locale() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.write(sandbox.folder + "/source", Self.localeSource)
    let compiled = try RunningProgram(
      [
        "/usr/bin/localedef", "-c", "--no-archive", "-i", sandbox.folder + "/source", "-f", "UTF-8",
        sandbox.folder + "/xx_XX.UTF-8",
      ], environment: [:]
    ).finish()
    // 1 means that there were warnings, about the missing categories. Not every machine has the character sets.
    guard compiled.status <= 1, sandbox.read(sandbox.folder + "/xx_XX.UTF-8/LC_TIME") != nil else {
      return
    }
    sandbox.environment.merge(["LOCPATH": sandbox.folder, "LC_ALL": "xx_XX.UTF-8"]) { $1 }
    _ = try sandbox.run("refresh")
    let data = try #require(SnapshotFile.load(try sandbox.places.snapshotFile)?.data)
    for (window, seconds) in [("5h", 5382), ("week", 432_468), ("month", 2_419_668)]
      as [(String, Int64)]
    {
      for hours in -12...12 as ClosedRange<Int64> {
        sandbox.environment["TZ"] = "XXX\(-hours)"
        let moment = data.takenAt.adding(seconds: seconds)
        let time = CivilTime(moment, utcOffset: hours * 3600)
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        let clock =
          "\(hour < 10 ? "0" : "")\(hour):\(time.minute < 10 ? "0" : "")\(time.minute) "
          + (time.hour < 12 ? "before" : "after")
        let isToday = time.day == CivilTime(.now(), utcOffset: hours * 3600).day
        let weekday = "X" + ["a", "b", "c", "d", "e", "f", "g"][Int(time.weekday)]
        let day =
          isToday ? "" : (window == "month" ? "\(time.dayOfMonth) Y\(time.month)" : weekday) + " "
        let shown = try sandbox.run(
          "plain", "--window", window, "--label", "", "--format", "{resets}")
        #expect(shown.output == day + clock + "\n")
      }
    }
  }
}
