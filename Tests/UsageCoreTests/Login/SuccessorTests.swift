import Testing

@testable import UsageCore

@Suite("Responses to a refresh token exchange")
struct SuccessorTests {
  @Test(
    "Unexpected fields in the response do not discard the new token pair",
    arguments: [
      #""first_name":"cut \ud83e""#, #""metadata":{"n":1e999,"deep":[[[[{}]]]]}"#,
      #""first_name":null"#,
      "\"first_name\":\"\u{7f}\u{2028}\"",
    ])
  func pair(beside: String) throws {
    let body =
      #"{"user":{\#(beside)},"access_token":"a.b.new","refresh_token":"rt_new","organization_id":"o"}"#
    for bytes in [Array(body.utf8), [0xef, 0xbb, 0xbf] + Array(body.utf8)] {
      let workOS = WorkOS(
        transport: ScriptedTransport([HTTPResponse(status: 200, body: bytes)]),
        base: "https://example.invalid", clock: { Moment(seconds: 0) })
      let pair = try workOS.exchange(refreshToken: "rt_old")
      #expect(pair == TokenPair(accessToken: "a.b.new", refreshToken: "rt_new"))
    }
  }
}
