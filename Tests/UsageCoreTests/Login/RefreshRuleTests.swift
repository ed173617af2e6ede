import Testing

@testable import UsageCore

@Suite("When a token is old enough to be renewed")
struct RefreshRuleTests {
  let now = Moment(seconds: 1_800_000_000)

  private func due(
    expires: Int64?, issued: Int64? = nil, obtained: Int64? = nil, attempted: Bool = false,
    at passed: Int64 = 0
  ) -> Bool {
    var claims = #"{"sub":"u""#
    if let expires { claims += #","exp":\#(now.seconds + expires)"# }
    if let issued { claims += #","iat":\#(now.seconds + issued)"# }
    return RefreshRule(
      Claims(token: "h.\((claims + "}").base64URL).s"),
      obtainedAt: obtained.map { now.adding(seconds: $0) },
      wasAttempted: attempted, now: now.adding(seconds: passed)
    ).isDue
  }

  @Test("A 7-day token is renewed within 24 hours of its end")
  func week() {
    #expect(!due(expires: 86_401, issued: 86_401 - 7 * 86_400))
    #expect(due(expires: 86_400, issued: 86_400 - 7 * 86_400))
  }

  @Test("A 24-hour token is renewed in its last seventh, not at every poll")
  func day() {
    #expect(!due(expires: 86_400, issued: 0))
    #expect(!due(expires: 12_343, issued: 12_343 - 86_400))
    #expect(due(expires: 12_342, issued: 12_342 - 86_400))
  }

  @Test("Without iat 24 hours count, and each token is tried once")
  func noIssue() {
    #expect(!due(expires: 90_000))
    #expect(due(expires: 80_000))
    #expect(!due(expires: 80_000, attempted: true))
    #expect(due(expires: -1, attempted: true))
  }

  @Test("Without iat, our own token is judged from when we got it")
  func obtained() {
    #expect(!due(expires: 80_000, obtained: -1000))
    #expect(due(expires: 10_000, obtained: -76_400))
  }

  @Test("A clock that is a month ahead does not renew a new token at every poll")
  func wrongClock() {
    let ahead: Int64 = 30 * 86_400
    #expect(!due(expires: 7 * 86_400, issued: 0, obtained: ahead, at: ahead + 60))
    #expect(due(expires: 7 * 86_400, issued: 0, obtained: ahead, at: ahead + 6 * 86_400 + 1))
  }

  @Test("A token that says nothing of its end is never renewed for its age")
  func opaque() {
    #expect(!due(expires: nil))
    let rule = RefreshRule(nil, obtainedAt: nil, wasAttempted: false, now: now)
    #expect(!rule.isDue && rule.isValid)
  }
}
