import Testing

@testable import UsageCore

@Suite("Rolling windows")
struct LimitsAnswerTests {
  let now = Moment(seconds: 1_784_564_758)

  private func pools(_ limits: String, gate: String = "true") -> [RatePool]? {
    let text =
      #"{"usesTokenRateLimitsBilling":\#(gate),"limits":\#(limits),"overagePreference":"droidCore"}"#
    guard
      case .rateLimits(let pools, _) = JSONValue(Array(text.utf8)).flatMap({
        LimitsResponse.usage($0, now: now)
      })
    else {
      return nil
    }
    return pools
  }

  private func window(_ body: String) -> Window? {
    pools(#"{"standard":{"fiveHour":\#(body)}}"#)?.first?.windows.first
  }

  @Test("Used is a percentage, and 1 means 1 %")
  func onePercent() {
    #expect(
      window(#"{"usedPercent":1,"windowEnd":null,"secondsRemaining":5382}"#)?.usedPercent == 1)
    #expect(window(#"{"usedPercent":0.4,"secondsRemaining":5382}"#)?.usedPercent == 0.4)
    #expect(window(#"{"usedPercent":"63","secondsRemaining":5382}"#)?.usedPercent == 63)
    #expect(window(#"{"usedPercent":104,"secondsRemaining":5382}"#)?.usedPercent == 104)
    #expect(window(#"{"usedPercent":-3,"secondsRemaining":5382}"#)?.usedPercent == 0)
  }

  @Test("The seconds that remain say more than the end of the window")
  func reset() {
    let both = window(
      #"{"usedPercent":5,"windowEnd":"2026-07-20T17:59:00.865Z","secondsRemaining":5382}"#)
    #expect(both?.resetsAt == now.adding(seconds: 5382))
    let end = window(
      #"{"usedPercent":5,"windowEnd":"2026-07-20T17:59:00.865Z","secondsRemaining":null}"#)
    #expect(end?.resetsAt == Moment(seconds: 1_784_570_340))
    #expect(window(#"{"usedPercent":5}"#)?.resetsAt == nil)
  }

  @Test("An ended window is idle, whatever figure it kept")
  func ended() {
    let window = window(
      #"{"usedPercent":88,"windowEnd":"2026-07-20T10:00:00Z","secondsRemaining":null}"#)
    #expect(window == Window(kind: .fiveHour, usedPercent: 0, resetsAt: nil))
    #expect(window?.isIdle == true)
  }

  @Test("A window without a figure is left out")
  func noFigure() {
    #expect(
      pools(#"{"standard":{"fiveHour":{"usedPercent":null},"weekly":{"usedPercent":2}}}"#)?.first?
        .windows.count == 1)
  }

  @Test("Pools are a map: more may come, and empty ones are left out")
  func pools() {
    let window = #"{"weekly":{"usedPercent":2,"secondsRemaining":9}}"#
    let found = pools(#"{"zeta":\#(window),"core":{},"standard":\#(window),"alpha":\#(window)}"#)
    #expect(found?.map(\.name) == ["standard", "alpha", "zeta"])
  }

  @Test(
    "The gate needs its flag and a standard pool", arguments: ["false", "null", "\"true\"", "1"])
  func gate(flag: String) {
    #expect(pools(#"{"standard":{"weekly":{"usedPercent":2}}}"#, gate: flag) == nil)
    #expect(pools(#"{"core":{"weekly":{"usedPercent":2}}}"#) == nil)
    #expect(pools("null") == nil)
  }
}
