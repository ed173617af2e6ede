import Testing

@testable import UsageCore

@Suite("Login documents")
struct LoginDocumentTests {
  private static func hex(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  static let shapes: [(String, refresh: String?)] = [
    (#"{"access_token":"a.b.c","refresh_token":"r"}"#, "r"),
    (#" {"accessToken":"a.b.c","refreshToken":"r"} "#, "r"),
    (#"{"tokens":{"access_token":"a.b.c","refresh_token":"r"}}"#, "r"),
    (#"{"tokens":{"accessToken":"a.b.c","refreshToken":"r"}}"#, "r"),
    (#"{"access_token":"a.b.c"}"#, nil),
    (#""a.b.c""#, nil),
    ("a.b.c\n", nil),
    (hex(#"{"access_token":"a.b.c","refresh_token":"r"}"#), "r"),
    (hex("a.b.c.".dropLast().description + "d"), nil),
  ]

  @Test("Every known format is parsed", arguments: 0..<shapes.count)
  func understood(index: Int) throws {
    let (text, refresh) = Self.shapes[index]
    let document = try #require(LoginDocument(Array(text.utf8)))
    #expect(document.accessToken.hasPrefix("a.b.c"))
    #expect(document.refreshToken == refresh)
  }

  @Test(
    "A document without a token is rejected",
    arguments: [
      "", "{}", "[]", "null", "\"\"", "word", "a.b", #"{"access_token":""}"#,
      #"{"access_token":1}"#, "{",
    ])
  func refused(text: String) {
    #expect(LoginDocument(Array(text.utf8)) == nil)
  }

  @Test("A token with a line break or a space is rejected")
  func injected() {
    #expect(LoginDocument(Array(#"{"access_token":"a\r\nX: y"}"#.utf8)) == nil)
    #expect(LoginDocument(Array(#"{"access_token":"a b"}"#.utf8)) == nil)
  }

  @Test(
    "New tokens replace the old ones in place and change nothing else",
    arguments: 0..<shapes.count)
  func replaced(index: Int) throws {
    let (text, refresh) = Self.shapes[index]
    let document = try #require(LoginDocument(Array(text.utf8)))
    let new = document.replacing(TokenPair(accessToken: "x.y.z", refreshToken: "s"))
    guard refresh != nil else {
      #expect(new == nil)
      return
    }
    let bytes = try #require(new?.bytes)
    let read = try #require(LoginDocument(bytes))
    #expect(read.accessToken == "x.y.z")
    #expect(read.refreshToken == "s")
    #expect(
      read.replacing(TokenPair(accessToken: "a.b.c", refreshToken: "r"))?.bytes == document.bytes)
  }

  @Test("Unknown fields are preserved")
  func unknownFields() throws {
    let text =
      #"{"access_token":"a.b.c","future":{"n":12345678901,"f":1.5,"s":"/é\n","l":[true,null]},"refresh_token":"r"}"#
    let new = try #require(LoginDocument(Array(text.utf8)))
      .replacing(TokenPair(accessToken: "x", refreshToken: "s"))
    let written = try #require((new?.bytes).flatMap { JSONValue($0) })
    #expect(written["future"] == JSONValue(Array(text.utf8))?["future"])
  }

  @Test("Region and organization are parsed; any region but eu means global")
  func region() {
    func region(_ word: String) -> ServiceBases.Region? {
      LoginDocument(Array(#"{"access_token":"a.b.c","region":\#(word)}"#.utf8))?.region
    }
    #expect(region(#""eu""#) == .eu)
    #expect(region(#""global""#) == .global)
    #expect(region("null") == .global)
    #expect(region(#""evil.example""#) == .global)
  }
}
