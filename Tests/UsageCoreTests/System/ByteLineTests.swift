import Testing

@testable import UsageCore

@Suite("Lines of words in a file's bytes")
struct ByteLineTests {
  private func line(_ text: String) throws -> ByteLine {
    var lines = ByteLines(Array((text + "\n").utf8))
    let first = lines.next()
    return try #require(first)
  }

  @Test("Words are taken one by one, and those that are missing are empty")
  func words() throws {
    var line = try line("name\ta b\t\t-12")
    #expect(line.count == 4)
    let isNamed = line.begins(with: "name", count: 4)
    let (text, isEmpty, integer) = (line.text(), line.isEmpty(), line.integer())
    #expect(isNamed && text == "a b" && isEmpty && integer == -12)
    let (isOver, none, nothing) = (line.isEmpty(), line.text(), line.integer())
    #expect(isOver && none.isEmpty && nothing == nil)
  }

  @Test(
    "Another name or another number of words is another line",
    arguments: ["nam\tx", "names\tx", "name", "name\tx\ty", "", "\tname"])
  func otherLine(text: String) throws {
    var line = try line(text)
    let isNamed = line.begins(with: "name", count: 2)
    #expect(!isNamed)
  }

  @Test(
    "Whole numbers are those of 64 bits",
    arguments: [
      ("0", 0), ("-0", 0), ("0012", 12), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min), ("9223372036854775808", nil),
      ("-9223372036854775809", nil), ("", nil), ("-", nil), ("1x", nil), ("+1", nil), (" 1", nil),
    ] as [(String, Int64?)])
  func integer(text: String, value: Int64?) throws {
    var line = try line(text)
    let found = line.integer()
    #expect(found == value)
  }

  @Test(
    "Numbers are read as Swift reads them, if they are finite",
    arguments: ["63.0", "0.0", "63.4", "-1.0", "1e3", "100", "123456789012345.0", "0.1", "5e-324"])
  func double(text: String) throws {
    var line = try line(text)
    let found = line.double()
    #expect(found == Double(text))
  }

  @Test("What is no number is none", arguments: ["", "x.0", "nan", "inf", "1e999", "6 3.0"])
  func noDouble(text: String) throws {
    var line = try line(text)
    let found = line.double()
    #expect(found == nil)
  }

  @Test("A last line without its end is torn")
  func torn() {
    var lines = ByteLines(Array("a\nb".utf8))
    let first = lines.next()
    let second = lines.next()
    #expect(first?.count == 1)
    #expect(second == nil)
    #expect(!lines.isAtEnd)
  }
}
