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
    "Names are replaced, alone or with a window",
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
    "A conditional part is shown only if its name has a value",
    arguments: [
      ("{plan?on {plan}{/}{percent}", "63%"), ("{countdown?in {countdown}{/}!", "in 1h 29m!"),
      ("{countdown?}in {countdown}{/}", "in 1h 29m"), ("{percent?a{plan?b{/}c{/}d", "acd"),
    ])
  func parts(text: String, line: String) throws {
    #expect(try filled(text) == line)
  }

  @Test("Token pools have counts where windows have percentages")
  func tokens() throws {
    let template = try Template("{used} of {allowance}, {remaining} left")
    let readout = Fixture.readout(Fixture.tokens(25)) { $0.format = template }
    #expect(readout.text == "5.0M of 20.0M, 15.0M left")
    let negative = Fixture.readout(Fixture.tokens(25, used: .min)) { $0.format = template }
    #expect(negative.text == "0 of 20.0M, 20.0M left")
  }

  @Test("An error names its position")
  func mistakes() {
    #expect(throws: Template.Failure.unknownName("percnt", at: 4)) { try Template("ab {percnt}") }
    #expect(throws: Template.Failure.unknownName("day.percent", at: 1)) {
      try Template("{day.percent}")
    }
    #expect(throws: Template.Failure.unknownName("", at: 1)) { try Template("{}") }
    #expect(throws: Template.Failure.unclosedBrace(at: 3)) { try Template("ab{percent") }
    #expect(throws: Template.Failure.unclosedPart("plan", at: 2)) { try Template("a{plan?b") }
    #expect(throws: Template.Failure.endWithoutPart(at: 2)) { try Template("a{/}") }
    func nested(_ depth: Int) throws -> Template {
      try Template(
        String(repeating: "{percent?", count: depth) + String(repeating: "{/}", count: depth))
    }
    #expect(throws: Never.self) { try nested(8) }
    #expect(throws: Template.Failure.tooDeep(at: 8 * "{percent?".count + 1)) { try nested(9) }
    #expect(throws: Template.Failure.tooDeep(at: 8 * "{percent?".count + 1)) { try nested(10_000) }
  }

  @Test(
    "The template's own tags are markup, inserted values are escaped",
    arguments: [
      (
        "<b>{organization}</b> {percent}", "<b>A &amp; &lt;B&gt;</b> 63%"
      ),
      (
        "<span color='#ff8800' weight=\"bold\">{bar}</span>",
        "<span color='#ff8800' weight=\"bold\">██████░░░░</span>"
      ), ("<tt>{percent}</tt> &amp; more", "<tt>63%</tt> &amp; more"),
    ])
  func ownMarkup(text: String, line: String) throws {
    #expect(try markup(text) == line)
  }

  @Test(
    "Tags that Pango would reject are shown as text, so that the bar is never blank",
    arguments: [
      "{percent} < 100", "<b>{percent}", "<b><i>{percent}</b></i>", "<span colour='red'>x</span>",
      "<span color='redd'>x</span>", "<span color=red>x</span>", "<b>R&D</b>", "<b>&nope;</b>",
      "<b class='x'>x</b>", "<span color='red' color='blue'>x</span>", "<b>x</b", "</b>", "<>x</>",
      "<span size='huge'>x</span>", "<span alpha='200%'>x</span>", "<a href='x'>x</a>",
      "<span color='red'weight='bold'>x</span>", "plain",
    ])
  func notMarkup(text: String) throws {
    #expect(try markup(text) == nil)
    let template = try Template(text)
    let readout = Fixture.readout(Fixture.standard((63, 5382))) { $0.format = template }
    var object = JSONObject()
    object.add("text", Pango.escape(readout.text))
    #expect(Host.waybar.render(readout).hasPrefix(object.text.dropLast()))
  }

  @Test("Only hosts that support markup get it")
  func hosts() throws {
    let template = try Template("<b>{organization}</b>")
    var reading = Fixture.reading(Fixture.standard((63, 5382)))
    reading.data?.organization = "A & B"
    let presentation = Fixture.presentation {
      $0.format = template
      $0.shortFormat = template
      $0.tooltipFormat = template
    }
    let readout = Readout(reading, presentation)
    var pango = HostStyle()
    pango.isPango = true
    #expect(Host.waybar.render(readout).contains(#""text":"<b>A &amp; B</b>""#))
    #expect(Host.waybar.render(readout).contains(#""tooltip":"<tt><b>A &amp; B</b></tt>""#))
    #expect(Host.i3blocks.render(readout, pango) == "<b>A &amp; B</b>\n<b>A &amp; B</b>\n")
    #expect(Host.i3blocks.render(readout) == "<b>A & B</b>\n<b>A & B</b>\n")
    #expect(Host.i3bar.render(readout, pango).contains(#""full_text":"<b>A &amp; B</b>""#))
    #expect(Host.polybar.render(readout) == "<b>A & B</b>\n")
  }

  private func markup(_ text: String) throws -> String? {
    let template = try Template(text)
    let usage = Fixture.standard((63, 5382), (41, 432_468))
    var reading = Fixture.reading(usage)
    reading.data?.organization = "A & <B>"
    return Readout(
      reading,
      Fixture.presentation {
        $0.window = "5h"
        $0.format = template
      }
    ).markup.text
  }
}
