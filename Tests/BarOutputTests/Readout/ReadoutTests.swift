import Testing
import UsageCore

@testable import BarOutput

@Suite("Readouts")
struct ReadoutTests {
  @Test(
    "The displayed percentage determines the level",
    arguments: [
      (74.4, "ok"), (74.6, "warning"), (75, "warning"), (89.4, "warning"), (89.6, "critical"),
      (90, "critical"), (99.9, "critical"),
    ])
  func levels(used: Double, level: String) {
    #expect(Fixture.readout(Fixture.standard((used, 60))).state.name == level)
  }

  @Test("A full limit without a fallback is limited")
  func limited() {
    let readout = Fixture.readout(Fixture.standard((100, 2460), core: 100))
    #expect(readout.state.name == "limited")
    #expect(readout.text == "5h 100% · 41m")
    #expect(readout.isUrgent)
  }

  @Test("A full limit with a fallback is critical, and names the fallback")
  func goingOn() {
    let core = Fixture.readout(Fixture.standard((100, 60), core: 10))
    #expect(core.state.name == "critical")
    #expect(core.text == "5h 100% · Droid Core")
    let preference = ExtraUsage(
      balanceCents: 0, isAllowed: true, preference: ExtraUsage.prefersDroidCore)
    #expect(
      Fixture.readout(Fixture.standard((100, 60), extra: preference)).state.name == "critical")
    let money = ExtraUsage(
      balanceCents: 1250, isAllowed: true, preference: ExtraUsage.prefersExtraUsage)
    let paid = Fixture.readout(Fixture.standard((100, 60), core: 10, extra: money))
    #expect(paid.text == "5h 100% · Extra Usage $12.50")
    #expect(
      paid.tooltip.map(\.text).contains(
        "Standard Usage is used up; continuing with Extra Usage $12.50.")
    )
    let forbidden = ExtraUsage(
      balanceCents: 1250, isAllowed: false, preference: ExtraUsage.prefersExtraUsage)
    #expect(
      Fixture.readout(Fixture.standard((100, 60), core: 100, extra: forbidden)).state.name
        == "limited")
  }

  @Test("Droid Core comes before Extra Usage, unless the account prefers that")
  func coreFirst() {
    for (preference, text) in [
      (nil, "Droid Core"), (ExtraUsage.prefersDroidCore, "Droid Core"),
      (ExtraUsage.prefersExtraUsage, "Extra Usage $5.00"),
    ] {
      let extra = ExtraUsage(balanceCents: 500, isAllowed: true, preference: preference)
      let readout = Fixture.readout(Fixture.standard((100, 60), core: 10, extra: extra))
      #expect(readout.text == "5h 100% · \(text)")
    }
  }

  @Test("An unused Droid Core is promised only to accounts that prefer it")
  func unusedCore() {
    for (preference, text) in [
      (nil, "Droid Core if enabled"), (ExtraUsage.prefersDroidCore, "Droid Core"),
    ] {
      let extra = ExtraUsage(balanceCents: 0, isAllowed: true, preference: preference)
      guard case .rateLimits(let pools, _) = Fixture.standard((100, 60)) else { continue }
      let core = RatePool(
        name: "core", windows: [Window(kind: .fiveHour, usedPercent: 0, resetsAt: nil)])
      let readout = Fixture.readout(.rateLimits(pools: pools + [core], extra: extra))
      #expect(readout.text == "5h 100% · \(text)")
    }
  }

  @Test("A full window means limited even if the headline shows another window")
  func fullBeside() {
    let stopped = Fixture.readout(Fixture.standard((100, 2460), (20, 86_400), core: 100)) {
      $0.window = "week"
    }
    #expect(stopped.state.name == "limited")
    #expect(stopped.text == "week 20% · 5h full")
    #expect(stopped.percentage == 20)
    #expect(
      stopped.tooltip.map(\.text).contains("Standard Usage is used up: work stops until +2460s."))
    let goingOn = Fixture.readout(Fixture.standard((100, 2460), (20, 86_400), core: 3)) {
      $0.window = "week"
    }
    #expect(goingOn.state.name == "critical")
    // Droid Core is a separate pool and continues.
    let core = Fixture.readout(Fixture.standard((100, 2460), (20, 86_400), core: 3)) {
      $0.window = "core-5h"
    }
    #expect(core.state.name == "ok")
  }

  @Test("The window that fills first does not hide one that is nearly full")
  func pressing() {
    let usage = Fixture.standard((60, 4 * 3600), (92, 43_200))
    let readout = Fixture.readout(usage, ends: ["5h": 2400])
    #expect(readout.facts.headline?.id == "5h")
    #expect(readout.text == "5h 60% · 4h · week 92%")
    #expect(readout.state.name == "critical")
    #expect(readout.percentage == 60)
    // A chosen window does not hide a worse one.
    let chosen = Fixture.readout(usage) { $0.window = "5h" }
    #expect(chosen.text == "5h 60% · 4h · week 92%")
    #expect(chosen.state.name == "critical")
    let warning = Fixture.readout(
      Fixture.standard((60, 4 * 3600), (80, 43_200)), ends: ["5h": 2400])
    #expect(warning.text == "5h 60% · 4h · week 80%")
    #expect(warning.state.name == "warning")
  }

  @Test("A used-up allowance is limited, unless overage is available")
  func overage() {
    #expect(Fixture.readout(Fixture.tokens(100)).state.name == "limited")
    #expect(Fixture.readout(Fixture.tokens(120)).percentage == 100)
    #expect(Fixture.readout(Fixture.tokens(120)).text.hasPrefix("120%"))
    let overage = Fixture.readout(Fixture.tokens(120, overage: true))
    #expect(overage.state.name == "critical")
    #expect(overage.text == "120% · overage")
  }

  @Test("An unused account without a running window is idle")
  func idle() {
    #expect(Fixture.readout(Fixture.standard((0, nil))).state.name == "idle")
    #expect(Fixture.readout(Fixture.standard((0, nil), (3, 86_400))).state.name == "ok")
  }

  @Test("A window that has reset no longer shows its old percentage")
  func passedReset() {
    for left: Int64 in [0, -1] {
      let readout = Fixture.readout(Fixture.standard((88, left)), age: 60)
      #expect(readout.state.name == "idle")
      #expect(readout.percentage == 0)
      #expect(!readout.tooltip.map(\.text).joined().contains("88"))
    }
    let tokens = Fixture.readout(Fixture.tokens(80, end: -1), age: 60)
    #expect(tokens.percentage == 0)
  }

  @Test("Tokens without an allowance are shown as a count")
  func tokensOnly() {
    let readout = Fixture.readout(Fixture.tokens(nil))
    #expect(readout.text == "5.0M · 1d")
    #expect(readout.percentage == nil)
    #expect(readout.state.name == "ok")
  }

  @Test("Remaining is 100 minus used")
  func remaining() {
    let readout = Fixture.readout(Fixture.standard((63.4, 60))) { $0.share = .remaining }
    #expect(readout.text == "5h 37% left · 1m")
    #expect(readout.percentage == 37)
  }

  @Test("A stale reading shows its class, its problem and its age")
  func stale() {
    let readout = Fixture.readout(
      Fixture.standard((25, 60)), age: 7200, problem: .offline(reason: "no route"))
    #expect(readout.classes == ["ok", "stale", "offline"])
    #expect(readout.tooltip.map(\.text).contains("Data is 2h old."))
    #expect(readout.text == "5h 25% · 2h old")
    let bare = Fixture.readout(
      Fixture.standard((25, 60)), age: 7200, problem: .offline(reason: "no route")
    ) {
      $0.hasTooltip = false
    }
    #expect(bare.text == "5h 25% · 2h old")
    // The age does not hide why the level is critical.
    let worse = Fixture.readout(
      Fixture.standard((50, 9000), (93, 400_000)), age: 7200, problem: .offline(reason: "no route")
    ) { $0.window = "5h" }
    #expect(worse.text == "5h 50% · 2h old · week 93%")
    #expect(worse.classes == ["critical", "stale", "offline"])
  }

  @Test("Data beyond --max-age is not shown")
  func maxAge() {
    let readout = Fixture.readout(
      Fixture.standard((25, 60)), age: 86_401, problem: .offline(reason: "no route"))
    #expect(readout.classes == ["offline"])
    #expect(readout.percentage == nil)
  }

  @Test("A window that the account does not have is an error that lists the existing ones")
  func missingWindow() {
    let readout = Fixture.readout(Fixture.standard((25, 60))) { $0.window = "premium" }
    #expect(readout.state.name == "config")
    #expect(readout.tooltip.map(\.text).joined().contains("it has 5h, week, month"))
  }

  @Test("Droid Core is not shown until it is used")
  func untouchedCore() {
    #expect(!Fixture.readout(Fixture.standard((25, 60))).tooltip.map(\.text).contains("Droid Core"))
    #expect(
      Fixture.readout(Fixture.standard((25, 60), core: 4)).tooltip.map(\.text).contains(
        "Droid Core"))
  }
}
