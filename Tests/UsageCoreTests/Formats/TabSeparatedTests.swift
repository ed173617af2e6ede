import Testing

@testable import UsageCore

@Suite("Tab-separated lines")
struct TabSeparatedTests {
  @Test("Fields keep their spaces and may be empty")
  func fields() {
    #expect(
      TabSeparated.lines(Array("name\ta b\t\t-12\nx\n".utf8)) == [
        ["name", "a b", "", "-12"], ["x"],
      ])
  }

  @Test("A last line without a newline makes the file truncated", arguments: ["a\nb", "a", ""])
  func truncated(text: String) {
    #expect(TabSeparated.lines(Array(text.utf8)) == nil)
  }

  @Test("Control characters cannot end a field or a line")
  func controlCharacters() {
    #expect(TabSeparated.line(["a\tb", "c\nd\u{0}e"]) == "a b\tc d e\n")
  }
}
