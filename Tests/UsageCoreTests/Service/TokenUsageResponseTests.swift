import Testing

@testable import UsageCore

@Suite("Edge cases of token allowances")
struct TokenUsageResponseTests {
  let now = Moment(seconds: 1_772_000_000)

  private func usage(_ standard: String, end: String = "1772956800000", premium: String = "{}")
    -> Usage?
  {
    let text =
      #"{"usage":{"startDate":1770623326000,"endDate":\#(end),"standard":\#(standard),"premium":\#(premium)}}"#
    return JSONValue(Array(text.utf8)).flatMap { TokenUsageResponse.usage($0, now: now) }
  }

  private func pool(_ standard: String) -> TokenPool? {
    guard case .tokens(let pools, _, _) = usage(standard) else { return nil }
    return pools.first
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let what: String
    let body: String
    let used: Int64
    let allowance: Allowance
    let percent: Double?
    var testDescription: String { what }
  }

  static let rows = [
    Row(
      what: "a recorded response",
      body:
        #"{"orgTotalTokensUsed":5000000,"totalAllowance":20000000,"usedRatio":0.25,"orgOverageUsed":0}"#,
      used: 5_000_000, allowance: .tokens(20_000_000), percent: 25),
    Row(
      what: "userTokens where the organization's are absent",
      body: #"{"userTokens":7,"totalAllowance":70}"#, used: 7,
      allowance: .tokens(70), percent: 10),
    Row(
      what: "overage is inside the total",
      body: #"{"orgTotalTokensUsed":30,"orgOverageUsed":10,"totalAllowance":20,"usedRatio":1.5}"#,
      used: 30,
      allowance: .tokens(20), percent: 150),
    Row(
      what: "a ratio of 0 while tokens were used",
      body: #"{"orgTotalTokensUsed":5,"totalAllowance":20,"usedRatio":0}"#,
      used: 5, allowance: .tokens(20), percent: 25),
    Row(
      what: "a ratio of 0 and nothing used",
      body: #"{"orgTotalTokensUsed":0,"totalAllowance":20,"usedRatio":0}"#,
      used: 0, allowance: .tokens(20), percent: 0),
    Row(
      what: "a ratio a hair above 1",
      body: #"{"orgTotalTokensUsed":20,"totalAllowance":20,"usedRatio":1.0005}"#,
      used: 20, allowance: .tokens(20), percent: 100),
    Row(
      what: "a ratio a hair below 0",
      body: #"{"orgTotalTokensUsed":0,"totalAllowance":20,"usedRatio":-0.0005}"#,
      used: 0, allowance: .tokens(20), percent: 0),
    Row(
      what: "no ratio", body: #"{"orgTotalTokensUsed":5,"totalAllowance":20,"usedRatio":null}"#,
      used: 5,
      allowance: .tokens(20), percent: 25),
    Row(
      what: "a ratio of 0 to 100 beside a good allowance",
      body: #"{"orgTotalTokensUsed":5,"totalAllowance":20,"usedRatio":25}"#, used: 5,
      allowance: .tokens(20),
      percent: 25),
    Row(
      what: "a ratio of 0 to 100 that contradicts a good allowance",
      body: #"{"orgTotalTokensUsed":5,"totalAllowance":20,"usedRatio":90}"#, used: 5,
      allowance: .tokens(20),
      percent: 25),
    Row(
      what: "a ratio of 0 to 100 without an allowance",
      body: #"{"orgTotalTokensUsed":5,"usedRatio":25}"#, used: 5,
      allowance: .unknown, percent: 25),
    Row(
      what: "no allowance", body: #"{"orgTotalTokensUsed":5}"#, used: 5, allowance: .unknown,
      percent: nil),
    Row(
      what: "an allowance of 0",
      body: #"{"orgTotalTokensUsed":5,"totalAllowance":0,"usedRatio":0}"#, used: 5,
      allowance: .unknown, percent: nil),
    Row(
      what: "a negative allowance",
      body: #"{"orgTotalTokensUsed":5,"totalAllowance":-20,"usedRatio":0}"#, used: 5,
      allowance: .unknown, percent: nil),
    Row(
      what: "an allowance beyond 10^12",
      body: #"{"orgTotalTokensUsed":5,"totalAllowance":1000000000001,"usedRatio":0.5}"#, used: 5,
      allowance: .unlimited, percent: nil),
    Row(
      what: "an absurd allowance", body: #"{"orgTotalTokensUsed":5,"totalAllowance":1e300}"#,
      used: 5,
      allowance: .unlimited, percent: nil),
    Row(
      what: "numbers as strings and floats",
      body: #"{"orgTotalTokensUsed":"5000000.0","totalAllowance":"20000000","usedRatio":"0.25"}"#,
      used: 5_000_000,
      allowance: .tokens(20_000_000), percent: 25),
    Row(
      what: "values that are not numbers",
      body: #"{"orgTotalTokensUsed":"nan","totalAllowance":"inf","usedRatio":{},"userTokens":3}"#,
      used: 3,
      allowance: .unknown, percent: nil),
    Row(
      what: "less than nothing used", body: #"{"orgTotalTokensUsed":-5,"totalAllowance":20}"#,
      used: 0,
      allowance: .tokens(20), percent: 0),
    Row(
      what: "everything null",
      body: #"{"orgTotalTokensUsed":null,"totalAllowance":null,"usedRatio":null}"#, used: 0,
      allowance: .unknown, percent: nil),
  ]

  @Test("Each case of the table", arguments: rows)
  func row(_ row: Row) throws {
    let pool = try #require(self.pool(row.body))
    #expect(pool.usedTokens == row.used)
    #expect(pool.allowance == row.allowance)
    #expect(pool.usedPercent == row.percent)
  }

  @Test("A premium pool is shown only if it has an allowance")
  func premium() {
    func names(_ premium: String) -> [String] {
      guard case .tokens(let pools, _, _) = usage(#"{"totalAllowance":20}"#, premium: premium)
      else { return [] }
      return pools.map(\.name)
    }
    #expect(names(#"{"orgTotalTokensUsed":0,"totalAllowance":0,"usedRatio":0}"#) == ["standard"])
    #expect(names(#"{"orgTotalTokensUsed":0,"totalAllowance":5}"#) == ["standard", "premium"])
    #expect(names(#"{"orgTotalTokensUsed":9}"#) == ["standard", "premium"])
  }

  @Test("A null or past period end shows no reset")
  func end() {
    func end(_ text: String) -> Moment? {
      guard case .tokens(_, _, let end) = usage(#"{"totalAllowance":20}"#, end: text) else {
        return nil
      }
      return end
    }
    #expect(end("1772956800000") == Moment(seconds: 1_772_956_800))
    #expect(end("\"2026-03-08T08:00:00Z\"") == Moment(seconds: 1_772_956_800))
    #expect(end("null") == nil)
    #expect(end("1770623326000") == nil)
  }

  @Test("The plan is derived from the standard allowance")
  func plan() {
    func plan(_ allowance: String) -> String? {
      usage(#"{"totalAllowance":\#(allowance)}"#).flatMap(TokenUsageResponse.plan)
    }
    #expect(plan("200000000") == "Max")
    #expect(plan("199999999") == "Pro")
    #expect(plan("20000000") == "Pro")
    #expect(plan("19999999") == "Basic")
    #expect(plan("1") == "Basic")
    #expect(plan("0") == nil)
  }

  @Test(
    "A response without usage is invalid",
    arguments: [#"{}"#, #"{"usage":null}"#, #"{"usage":{}}"#, #"{"usage":[]}"#, "1"])
  func none(body: String) {
    #expect(JSONValue(Array(body.utf8)).flatMap { TokenUsageResponse.usage($0, now: now) } == nil)
  }
}
