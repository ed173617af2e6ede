import Testing

@testable import BarOutput

@Suite("Number formatting")
struct FormatTests {
  @Test(
    "A countdown has at most two units",
    arguments: [
      (0, "<1m"), (59, "<1m"), (60, "1m"), (2460, "41m"), (3600, "1h"), (5382, "1h 29m"),
      (86_400, "1d"),
      (86_459, "1d"), (273_600, "3d 4h"), (-5, "<1m"), (Int64.max, "106751991167300d 15h"),
    ])
  func duration(seconds: Int64, words: String) {
    #expect(Format.duration(seconds) == words)
  }

  @Test(
    "Token counts are short",
    arguments: [
      (0, "0"), (-4, "0"), (999, "999"), (1000, "1.0K"), (12_345, "12.3K"), (5_000_000, "5.0M"),
      (335_600_000, "335.6M"),
      (1_200_000_000, "1.2B"), (2_000_000_000_000, "2.0T"),
    ])
  func tokens(count: Int64, words: String) {
    #expect(Format.tokens(count) == words)
  }

  @Test(
    "Money is shown with cents",
    arguments: [(0, "$0.00"), (5, "$0.05"), (1250, "$12.50"), (-100, "-$1.00")])
  func money(cents: Int64, words: String) {
    #expect(Format.dollars(cents: cents) == words)
  }

  @Test(
    "Only a full limit shows 100",
    arguments: [
      (0.0, 0), (0.4, 0), (24.5, 25), (99.6, 99), (100, 100), (120.4, 120), (-3, 0), (.infinity, 0),
      (1e300, 1_000_000),
    ])
  func percent(value: Double, whole: Int) {
    #expect(Format.wholePercent(value) == whole)
  }

  @Test("A bar's last cell is filled only when full, its first by any use")
  func bar() {
    #expect(Format.bar(percent: 0, width: 5) == "░░░░░")
    #expect(Format.bar(percent: 1, width: 5) == "█░░░░")
    #expect(Format.bar(percent: 99, width: 5) == "████░")
    #expect(Format.bar(percent: 100, width: 5) == "█████")
    #expect(Format.bar(percent: 900, width: 5) == "█████")
    #expect(Format.bar(percent: 50, width: 0) == "")
    #expect(Format.bar(percent: .nan, width: -1) == "")
  }

  @Test("Truncation never splits a character or exceeds the byte limit")
  func cut() {
    #expect(Format.cut("abc", bytes: 3) == "abc")
    #expect(Format.cut("abcdef", bytes: 5) == "ab…")
    #expect(Format.cut("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", bytes: 30) == "👩‍👩‍👧‍👦…")
    for limit in 0..<40 { #expect(Format.cut("aé👩‍👩‍👧‍👦ß日本語 text", bytes: limit).utf8.count <= limit) }
  }
}
