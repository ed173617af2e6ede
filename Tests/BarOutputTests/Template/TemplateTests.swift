import Testing
import UsageCore

@testable import BarOutput

@Suite("Templates")
struct TemplateTests {
  private func filled(_ text: String, _ usage: Usage = Fixture.standard((63, 5382), (41, 432_468)))
    throws -> String
  {
    let template = try Template(text)
    return Fixture.readout(usage) {
      $0.window = "5h"
      $0.format = template
    }.text
  }

  @Test(
    "Names are filled, alone or of a window",
    arguments: [
      ("{percent}", "63%"), ("{used} {remaining}", "63% 37%"), ("{window}", "5h"),
      ("{countdown}", "1h 29m"),
      ("{resets}", "+5382s"), ("{week.percent} {week.countdown}", "41% 5d"), ("{state}", "ok"),
      ("{bar}", "██████░░░░"),
      ("{pace}", "-7"), ("{auto.window}", "5h"), ("{{percent}}", "{percent}}"), ("plain", "plain"),
      ("", ""),
      ("{problem}{age}", "<1m old"), ("{core-5h.percent}", ""),
    ])
  func names(text: String, line: String) throws {
    #expect(try filled(text) == line)
  }

  @Test(
    "A part is shown only when its name is there",
    arguments: [
      ("{plan?on {plan}{/}{percent}", "63%"), ("{countdown?in {countdown}{/}!", "in 1h 29m!"),
      ("{countdown?}in {countdown}{/}", "in 1h 29m"), ("{percent?a{plan?b{/}c{/}d", "acd"),
    ])
  func parts(text: String, line: String) throws {
    #expect(try filled(text) == line)
  }

  @Test("Tokens have counts where windows have shares")
  func tokens() throws {
    let template = try Template("{used} of {allowance}, {remaining} left")
    let readout = Fixture.readout(Fixture.tokens(25)) { $0.format = template }
    #expect(readout.text == "5.0M of 20.0M, 15.0M left")
  }

  @Test("A mistake is named with its place")
  func mistakes() {
    #expect(throws: Template.Failure.unknownName("percnt", at: 4)) { try Template("ab {percnt}") }
    #expect(throws: Template.Failure.unknownName("day.percent", at: 1)) {
      try Template("{day.percent}")
    }
    #expect(throws: Template.Failure.unknownName("", at: 1)) { try Template("{}") }
    #expect(throws: Template.Failure.unclosedBrace(at: 3)) { try Template("ab{percent") }
    #expect(throws: Template.Failure.unclosedPart("plan", at: 2)) { try Template("a{plan?b") }
    #expect(throws: Template.Failure.endWithoutPart(at: 2)) { try Template("a{/}") }
  }
}
