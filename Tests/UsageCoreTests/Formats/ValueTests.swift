import Testing

@testable import UsageCore

@Suite("Values in service responses")
struct ValueTests {
  @Test(
    "Every known date format is parsed",
    arguments: [
      "\"2026-07-20T17:59:00Z\"", "\"2026-07-20T17:59:00.865Z\"", "\"2026-07-20T19:59:00+02:00\"",
      "\"2026-07-20T19:59:00.5+0200\"", "\"2026-07-20T12:29:00-05:30\"",
      "\"2026-07-20T19:59:00+02\"",
      "1784570340",
      "1784570340000", "\"1784570340\"", "\"1784570340000\"", "1784570340.9",
    ])
  func time(text: String) {
    #expect(DateParser.moment(JSONValue(Array(text.utf8))) == Moment(seconds: 1_784_570_340))
  }

  @Test(
    "Invalid dates are rejected",
    arguments: [
      "null", "\"\"", "\"soon\"", "1e300", "true", "[]", "\"2026-13-45T99:99:99Z\"",
      "\"2026-02-30T12:00:00Z\"", "\"2026-07-20T17:59:00\"", "\"2026-07-20T17:59:00.Z\"",
      "\"2026-07-20T17:59:00+25:00\"", "\"2026-07-20T17:59:00Zx\"", "\"2026-07-20\"",
      "\"20 Jul 2026\"",
    ])
  func noTime(text: String) {
    #expect(DateParser.moment(JSONValue(Array(text.utf8))) == nil)
  }

  @Test("Retry-After is a number of seconds or a date, and is capped at a day")
  func retryAfter() {
    let now = Moment(seconds: 1_784_570_000)
    #expect(RetryAfter.moment("120", now: now) == now.adding(seconds: 120))
    #expect(
      RetryAfter.moment("Mon, 20 Jul 2026 17:59:00 GMT", now: now) == Moment(seconds: 1_784_570_340)
    )
    #expect(RetryAfter.moment("Mon, 20 Jul 2020 17:59:00 GMT", now: now) == now)
    #expect(RetryAfter.moment("99999999999", now: now) == now.adding(seconds: 86_400))
    #expect(RetryAfter.moment("-5", now: now) == nil)
    #expect(RetryAfter.moment("later", now: now) == nil)
  }

  @Test("Names are reduced to one line without control or bidirectional characters")
  func label() {
    #expect(Label.clean("  Acme\n\tInc. ") == "Acme Inc.")
    #expect(Label.clean("a\u{1b}[31mb\u{202e}c\u{200b}\u{0}d") == "a[31mbcd")
    #expect(Label.clean("\u{7}") == nil)
    #expect(Label.clean(String(repeating: "é", count: 500))?.count == Label.longest)
  }

  @Test("Plan names are shortened")
  func plan() {
    func plan(_ name: String) -> String? {
      let text =
        #"{"organization":{"subscription":{"orbSubscription":{"plan":{"name":"\#(name)"}}}}}"#
      return JSONValue(Array(text.utf8)).flatMap { ProfileResponse($0).plan }
    }
    #expect(plan("Factory Max Plan") == "Max")
    #expect(plan("plus") == "Plus")
    #expect(plan("Factory") == "Factory")
  }

  @Test("Percent encoding leaves only RFC 3986's unreserved characters")
  func percentEncoding() {
    #expect(PercentEncoding.encode("aZ0-._~") == "aZ0-._~")
    #expect(PercentEncoding.encode("a+b/c=&é\n") == "a%2Bb%2Fc%3D%26%C3%A9%0A")
  }

  @Test(
    "A base URL must be https, or http on loopback",
    arguments: [
      ("https://api.example.com", true), ("HTTPS://x", true), ("http://127.0.0.1:80", true),
      ("http://127.8.9.1", true),
      ("http://localhost:1/x", true), ("http://[::1]:5", true), ("http://example.com", false),
      ("http://127.0.0.1.example.com", false), ("http://localhost.example.com", false),
      ("http://1.127.0.0.1", false),
      ("http://127.0.0.1@example.com", false), ("http://user@127.0.0.1", false),
      ("https://", false), ("", false),
      ("file:///etc/passwd", false), ("http://127.0.0.1:99999", false), ("https://a b", false),
      ("http://[::1].x", false),
      ("http://127.0.0.1\\@example.com", false), ("https://x?y", false),
    ])
  func bases(base: String, isAcceptable: Bool) {
    #expect(ServiceBases.isAcceptable(base) == isAcceptable)
  }

  @Test("Each region has its own host, and an override replaces both")
  func regions() throws {
    let bases = try ServiceBases(environment: Environment([:]))
    #expect(bases.api(.global) == "https://api.factory.ai")
    #expect(bases.api(.eu) == "https://api.eu.factory.ai")
    let other = try ServiceBases(
      environment: Environment(["FACTORY_API_BASE_URL": "http://127.0.0.1:5/"]))
    #expect(other.api(.eu) == "http://127.0.0.1:5")
  }
}
