import Testing

@testable import UsageCore

@Suite("Proactive refresh of access tokens")
struct RefreshRuleTests {
  private static let day: Int64 = 86_400
  let now = Moment(seconds: 1_800_000_000)

  /// - Parameters: seconds from `now`.
  private func rule(
    expires: Int64?, issued: Int64? = nil, obtained: Int64? = nil, at passed: Int64 = 0
  )
    -> RefreshRule
  {
    var claims = #"{"sub":"u""#
    if let expires { claims += #","exp":\#(now.seconds + expires)"# }
    if let issued { claims += #","iat":\#(now.seconds + issued)"# }
    return RefreshRule(
      Claims(token: "h.\((claims + "}").base64URL).s"),
      obtainedAt: obtained.map { now.adding(seconds: $0) }, now: now.adding(seconds: passed))
  }

  @Test(
    "A token of six days or more is refreshed a day before it expires", arguments: [6, 7, 30])
  func longLived(days: Int64) {
    let life = days * Self.day
    #expect(!rule(expires: Self.day + 1, issued: Self.day + 1 - life).isDue)
    #expect(rule(expires: Self.day, issued: Self.day - life).isDue)
  }

  @Test(
    "A shorter-lived token is left to droid until 30 seconds before its expiry",
    arguments: [300, 3600, 86_400, 5 * 86_400])
  func shortLived(life: Int64) {
    #expect(!rule(expires: 31, issued: 31 - life).isDue)
    #expect(rule(expires: 30, issued: 30 - life).isDue)
    #expect(rule(expires: 0, issued: -life).isDue)
  }

  @Test("A token without iat counts as short-lived")
  func noIssue() {
    #expect(!rule(expires: 6 * 3600).isDue)
    #expect(!rule(expires: 31).isDue)
    #expect(rule(expires: 30).isDue)
  }

  @Test("With a fast clock, a token that we obtained is not refreshed every time")
  func clockAhead() {
    let ahead = 30 * Self.day
    #expect(!rule(expires: 7 * Self.day, issued: 0, obtained: ahead, at: ahead + 60).isDue)
    #expect(
      rule(expires: 7 * Self.day, issued: 0, obtained: ahead, at: ahead + 6 * Self.day + 1).isDue)
    #expect(!rule(expires: Self.day, issued: 0, obtained: ahead, at: ahead + 3600).isDue)
    // Without iat, only the service can say.
    let unknown = rule(expires: Self.day, obtained: ahead, at: ahead + 3600)
    #expect(!unknown.isDue && unknown.isValid)
  }

  @Test("With a correct clock, a token that we obtained without iat is refreshed at its expiry")
  func ownWithoutIssue() {
    #expect(!rule(expires: Self.day, obtained: 0, at: Self.day - 31).isDue)
    #expect(rule(expires: Self.day, obtained: 0, at: Self.day - 30).isDue)
  }

  @Test("A token without an expiry time is never refreshed proactively")
  func opaque() {
    #expect(!rule(expires: nil).isDue)
    let rule = RefreshRule(nil, obtainedAt: nil, now: now)
    #expect(!rule.isDue && rule.isValid)
  }
}
