import Testing
import UsageCore

@testable import BarOutput

@Suite("When a notification is sent")
struct NotificationRuleTests {
  /// Walks through readings of the 5-hour window and says what each of them was worth.
  private func walk(_ readings: [(used: Double, left: Int64?)], core: Double? = nil) -> [String] {
    var memory = NotificationMemory("", account: "one")
    var now = Fixture.now
    return readings.map { used, left in
      now = now.adding(seconds: 120)
      let reset = left.map { Fixture.now.adding(seconds: $0) }
      var pools = [
        RatePool(
          name: "standard",
          windows: [Window(kind: .fiveHour, usedPercent: used, resetsAt: reset)])
      ]
      if let core {
        pools.append(
          RatePool(
            name: "core", windows: [Window(kind: .fiveHour, usedPercent: core, resetsAt: reset)]))
      }
      let extra = ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)
      let data = Snapshot.UsageData(
        takenAt: now, usage: .rateLimits(pools: pools, extra: extra))
      // As a file would keep it.
      memory = NotificationMemory(memory.text, account: "one")
      let notifications = NotificationRule(thresholds: Thresholds())
        .notifications(of: Limit.all(of: data, at: now), &memory)
      return notifications.map { "\($0.limit.id) \(Self.word($0.event))" }.joined(separator: ", ")
    }
  }

  private static func word(_ event: LimitNotification.Event) -> String {
    switch event {
    case .availableAgain: "open"
    case .reached(let stage): stage.rawValue
    }
  }

  @Test("Each threshold of a window notifies once")
  func once() {
    #expect(
      walk([(70, 9000), (75, 9000), (76, 9000), (90, 9000), (95, 9001), (100, 8999), (104, 9000)])
        == ["", "5h warning", "", "5h critical", "", "5h full", ""])
  }

  @Test("Passing several thresholds at once sends only the highest")
  func jump() {
    #expect(walk([(10, 9000), (97, 9000), (97, 9000)]) == ["", "5h critical", ""])
  }

  @Test("Varying around a threshold does not notify again; a clear decrease and return does")
  func hysteresis() {
    #expect(
      walk([(76, 9000), (74, 9000), (76, 9000), (70.1, 9000), (75, 9000)])
        == ["5h warning", "", "", "", ""])
    #expect(walk([(76, 9000), (70, 9000), (75, 9000)]) == ["5h warning", "", "5h warning"])
    #expect(walk([(92, 9000), (86, 9000), (91, 9000)]) == ["5h critical", "", ""])
    #expect(walk([(92, 9000), (80, 9000), (91, 9000)]) == ["5h critical", "", "5h critical"])
  }

  @Test("A new window starts over, and notifies if the previous one was full")
  func reset() {
    #expect(
      walk([(80, 9000), (0, nil), (80, 28_000)]) == ["5h warning", "", "5h warning"])
    #expect(
      walk([(100, 9000), (3, 28_000), (4, 28_000), (100, 28_000)])
        == ["5h full", "5h open", "", "5h full"])
    // A new window that starts above a threshold notifies for that threshold.
    #expect(walk([(100, 9000), (80, 28_000), (80, 28_000)]) == ["5h full", "5h warning", ""])
  }

  @Test("Raising a limit makes it available again without a reset")
  func raised() {
    #expect(
      walk([(100, 9000), (96, 9000), (94, 9000)]) == ["5h full", "", "5h open"])
  }

  @Test("Droid Core notifies only when it is used as the fallback and full")
  func core() {
    #expect(walk([(50, 9000), (100, 9000)], core: 100) == ["", "5h full, core-5h full"])
    #expect(walk([(50, 9000), (100, 9000)], core: 95) == ["", "5h full"])
    #expect(
      walk([(100, 9000), (2, 28_000)], core: 100) == ["5h full, core-5h full", "5h open"])
  }

  @Test("Another account or an invalid file starts without sent notifications")
  func memory() {
    var memory = NotificationMemory("", account: "one")
    memory.note(.init(limit: "5h", stage: .full, resetsAt: Fixture.now))
    #expect(NotificationMemory(memory.text, account: "one") == memory)
    #expect(NotificationMemory(memory.text, account: "two").entries.isEmpty)
    for text in ["", "\u{0}", "droidbar-notices\t1\none\nx\n5h\tloud\t\n"] {
      #expect(NotificationMemory(text, account: "one").entries.isEmpty)
    }
  }

  @Test("A notification that could not be sent is sent again")
  func restored() {
    let before = NotificationMemory("", account: "one")
    var memory = before
    memory.note(.init(limit: "5h", stage: .full, resetsAt: nil))
    memory.restore("5h", from: before)
    #expect(memory == before)
  }
}

@Suite("Notification text")
struct NotificationTextTests {
  private func words(
    _ usage: Usage, _ event: LimitNotification.Event, ends: [String: Int64] = [:]
  ) -> [String] {
    let presentation = Fixture.presentation()
    let facts = Fixture.readout(usage, ends: ends).facts
    let words = NotificationText(
      LimitNotification(limit: facts.limits[0], event: event), facts: facts,
      presentation: presentation)
    return [words.title, words.body]
  }

  @Test("Warning: the limit, its percentage, its reset, and when it runs out")
  func reached() {
    #expect(
      words(Fixture.standard((81, 9000)), .reached(.warning), ends: ["5h": 2111]) == [
        "Droid: Standard Usage, 5-hour at 81%",
        "Resets in 2h 30m (+9000s); runs out +2111s, 1h before reset",
      ])
  }

  @Test("Full: whether work can continue, and until when")
  func full() {
    #expect(
      words(Fixture.standard((100, 9000)), .reached(.full)) == [
        "Droid: Standard Usage, 5-hour is used up", "Work stops until +9000s.",
      ])
    #expect(
      words(Fixture.standard((100, 9000), core: 3), .reached(.full))[1]
        == "Continuing with Droid Core until +9000s.")
  }

  @Test("Available again: which limit is still full")
  func open() {
    #expect(
      words(Fixture.standard((0, nil)), .availableAgain) == [
        "Droid: Standard Usage, 5-hour is available again", "",
      ])
    #expect(
      words(Fixture.standard((0, nil), (100, 86_400)), .availableAgain)[1]
        == "The weekly limit is still used up until +86400s.")
  }

  @Test("The body is escaped for desktops that read it as markup")
  func markup() {
    let readout = Fixture.readout(Fixture.standard((100, 9000)))
    let presentation = Presentation(clock: { _, _, _ in "<b> & c" })
    let text = NotificationText(
      LimitNotification(limit: readout.facts.limits[0], event: .reached(.full)),
      facts: readout.facts, presentation: presentation)
    #expect(text.body == "Work stops until <b> & c.")
    #expect(text.bodyMarkup == "Work stops until &lt;b&gt; &amp; c.")
  }
}
