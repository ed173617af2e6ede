import Testing

@testable import UsageCore

@Suite("Rolling windows")
struct LimitsResponseTests {
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

  @Test("The used value is a percentage: 1 means 1 %")
  func onePercent() {
    #expect(
      window(#"{"usedPercent":1,"windowEnd":null,"secondsRemaining":5382}"#)?.usedPercent == 1)
    #expect(window(#"{"usedPercent":0.4,"secondsRemaining":5382}"#)?.usedPercent == 0.4)
    #expect(window(#"{"usedPercent":"63","secondsRemaining":5382}"#)?.usedPercent == 63)
    #expect(window(#"{"usedPercent":104,"secondsRemaining":5382}"#)?.usedPercent == 104)
    #expect(window(#"{"usedPercent":-3,"secondsRemaining":5382}"#)?.usedPercent == 0)
  }

  @Test("The remaining seconds take precedence over the window's end")
  func reset() {
    let both = window(
      #"{"usedPercent":5,"windowEnd":"2026-07-20T17:59:00.865Z","secondsRemaining":5382}"#)
    #expect(both?.resetsAt == now.adding(seconds: 5382))
    let end = window(
      #"{"usedPercent":5,"windowEnd":"2026-07-20T17:59:00.865Z","secondsRemaining":null}"#)
    #expect(end?.resetsAt == Moment(seconds: 1_784_570_340))
    #expect(window(#"{"usedPercent":5}"#)?.resetsAt == nil)
  }

  @Test("A window that has ended is idle, even if it still has a percentage")
  func ended() {
    let window = window(
      #"{"usedPercent":88,"windowEnd":"2026-07-20T10:00:00Z","secondsRemaining":null}"#)
    #expect(window == Window(kind: .fiveHour, usedPercent: 0, resetsAt: nil))
    #expect(window?.isIdle == true)
  }

  @Test("A window without a percentage is omitted")
  func noFigure() {
    #expect(
      pools(#"{"standard":{"fiveHour":{"usedPercent":null},"weekly":{"usedPercent":2}}}"#)?.first?
        .windows.count == 1)
  }

  @Test("Additional pools are accepted, and empty ones are omitted")
  func pools() {
    let window = #"{"weekly":{"usedPercent":2,"secondsRemaining":9}}"#
    let found = pools(#"{"zeta":\#(window),"core":{},"standard":\#(window),"alpha":\#(window)}"#)
    #expect(found?.map(\.name) == ["standard", "alpha", "zeta"])
  }

  @Test(
    "Rate limits need the flag and a standard pool", arguments: ["false", "null", "\"true\"", "1"])
  func gate(flag: String) {
    #expect(pools(#"{"standard":{"weekly":{"usedPercent":2}}}"#, gate: flag) == nil)
    #expect(pools(#"{"core":{"weekly":{"usedPercent":2}}}"#) == nil)
    #expect(pools("null") == nil)
  }
}
