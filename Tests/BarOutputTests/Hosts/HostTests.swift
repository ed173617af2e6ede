import Foundation
import Testing
import UsageCore

@testable import BarOutput

@Suite("Host output")
struct HostTests {
  static let hostile = [
    "</span>%{A1:rm -rf ~:}", "& < > \" ' \\", "%{F#f00}%{", "a\nb\tc\u{0}d\u{85}", "%%{{%{",
    "{\u{301}%{\u{301}",
    String(repeating: "👩‍👩‍👧‍👦", count: 300), String(repeating: "&", count: 2000), "\"\u{301}",
    "\u{2028}\u{2029}", "100%",
  ]

  private func readout(_ text: String) -> Readout {
    var readout = Fixture.readout(Fixture.standard((95, 60)))
    readout.text = text
    readout.shortText = text
    readout.tooltip = [StyledLine(text), StyledLine(text, .bold)]
    return readout
  }

  @Test(
    "Every reading is valid UTF-8 without control characters, short, and ends in a line break",
    arguments: hostile)
  func valid(text: String) {
    var pango = HostStyle()
    pango.isPango = true
    var json = HostStyle()
    json.isJSON = true
    for host in Host.allCases where host != .droid {
      for style in [HostStyle(), pango, json] {
        let line = host.render(readout(text), style)
        #expect(line.hasSuffix("\n"))
        #expect(line.utf8.count < ([.waybar, .prometheus].contains(host) ? 4096 : 1000))
        #expect(
          line.unicodeScalars.allSatisfy {
            $0 == "\n" || ($0.value >= 0x20 && !(0x7f...0x9f).contains($0.value))
          })
      }
    }
  }

  @Test("waybar's line is one JSON object whose text is Pango without tags", arguments: hostile)
  func waybar(text: String) throws {
    let line = Host.waybar.render(readout(text))
    #expect(line.filter { $0 == "\n" }.count == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let shown = try #require(object["text"] as? String)
    #expect(!shown.contains("<") && !shown.contains("\n"))
    // Compares bytes, because a combining mark after a semicolon forms a different Character.
    let ampersands = shown.utf8.split(
      separator: UInt8(ascii: "&"), omittingEmptySubsequences: false
    ).dropFirst()
    #expect(
      ampersands.allSatisfy { rest in
        ["amp;", "lt;", "gt;", "quot;", "apos;"].contains { rest.starts(with: $0.utf8) }
      })
  }

  @Test("waybar's tooltip loses its last lines before the line gets too long")
  func longTooltip() throws {
    var readout = readout("63%")
    readout.tooltip = (0..<200).map { StyledLine("row \($0) of & and <") }
    let line = Host.waybar.render(readout)
    #expect(line.utf8.count < 4096)
    #expect(line.contains("row 50 ") && !line.contains("row 199 "))
    #expect(line.contains("</tt>\""))
  }

  @Test("droid's line has a colour and no other control character", arguments: hostile)
  func droid(text: String) {
    let line = Host.droid.render(readout(text))
    #expect(line.hasPrefix("\u{1b}[38;2;229;72;77m") && line.hasSuffix("\u{1b}[0m\n"))
    let inside = line.dropFirst("\u{1b}[38;2;229;72;77m".count).dropLast("\u{1b}[0m\n".count)
    #expect(inside.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f })
    #expect(line.utf8.count < 1000)
    var style = HostStyle()
    style.hasColor = false
    #expect(!Host.droid.render(readout(text), style).contains("\u{1b}"))
  }

  @Test("lemonbar gets no tags from the text", arguments: hostile)
  func lemonbar(text: String) {
    let line = Host.lemonbar.render(readout(text))
    #expect(line.hasPrefix("%{F#E5484D}") && line.hasSuffix("%{F-}\n"))
    let inside = line.dropFirst("%{F#E5484D}".count).dropLast("%{F-}\n".count)
    #expect(!inside.replacing("%%", with: "").utf8.contains(UInt8(ascii: "%")))
  }

  @Test("polybar gets no tags from the text", arguments: hostile)
  func polybar(text: String) {
    let line = Host.polybar.render(readout(text))
    #expect(
      !line.replacing("%{F#E5484D}", with: "").replacing("%{F-}", with: "").replacing(
        "%{O0}", with: "\u{1}"
      )
      .utf8.elementsPairs.contains { $0 == UInt8(ascii: "%") && $1 == UInt8(ascii: "{") })
  }

  @Test("i3blocks' JSON can be parsed by version 1.4", arguments: hostile)
  func i3blocksJSON(text: String) throws {
    var style = HostStyle()
    style.isJSON = true
    let line = Host.i3blocks.render(readout(text), style)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    #expect(object["urgent"] == "true")
    #expect(!line.contains("\\"))
    #expect(object["full_text"]?.contains("\"") == false)
  }

  @Test("i3blocks exits 33 when urgent, unless that is disabled")
  func urgent() {
    var quiet = HostStyle()
    quiet.marksUrgent = false
    let critical = Fixture.readout(Fixture.standard((95, 60)))
    #expect(Host.i3blocks.exitStatus(critical) == 33)
    #expect(Host.i3blocks.exitStatus(critical, quiet) == 0)
    #expect(Host.i3blocks.exitStatus(Fixture.readout(Fixture.standard((80, 60)))) == 0)
    #expect(Host.waybar.exitStatus(critical) == 0)
  }

  @Test("A stream of i3bar has an array per line, and is urgent unless that is disabled")
  func i3barStream() throws {
    let critical = Fixture.readout(Fixture.standard((95, 60)))
    let line = Host.i3bar.renderStreamed(critical)
    #expect(line.hasPrefix("[{") && line.hasSuffix("}],\n"))
    #expect(line.contains(#""urgent":true"#))
    var quiet = HostStyle()
    quiet.marksUrgent = false
    #expect(!Host.i3bar.renderStreamed(critical, quiet).contains("urgent"))
    let warning = Fixture.readout(Fixture.standard((80, 60)))
    #expect(!Host.i3bar.renderStreamed(warning).contains("urgent"))
  }

  @Test("A persistent block of i3blocks is one line, coloured only in markup")
  func i3blocksStream() {
    var pango = HostStyle()
    pango.isPango = true
    let critical = Fixture.readout(Fixture.standard((95, 60)))
    #expect(Host.i3blocks.renderStreamed(critical) == "5h 95% · 1m\n")
    #expect(
      Host.i3blocks.renderStreamed(critical, pango)
        == "<span color=\"#E5484D\">5h 95% · 1m</span>\n")
  }

  @Test("tmux and xmobar get no tags from the text")
  func rawText() {
    let readout = readout("#[fg=red]#(reboot) <fc=red>…")
    #expect(
      Host.tmux.render(readout) == "#[fg=#E5484D]##[fg=red]##(reboot) <fc=red>…#[default]\n")
    #expect(
      Host.xmobar.render(readout)
        == "<fc=#E5484D><raw=28:#[fg=red]#(reboot) <fc=red>…/></fc>\n")
  }

  @Test("Names are escaped in the labels of prometheus")
  func prometheusLabels() {
    var readout = Fixture.readout(Fixture.standard((25, 60)))
    readout.facts.data?.organization = #"A \ "B""# + "\n"
    #expect(Host.prometheus.render(readout).contains(#"organization="A \\ \"B\" ""#))
  }

  @Test("Bidirectional controls in a text become spaces")
  func bidirectional() {
    for control in ["\u{200f}", "\u{202e}", "\u{2066}", "\u{061c}"] {
      #expect(Host.plain.render(readout("a\(control)b")) == "a b\n")
    }
  }

  @Test("Numbers in 'json' are exact, and omitted when they are not finite")
  func jsonNumbers() {
    func line(_ used: Double) -> String {
      Host.json.render(Fixture.readout(Fixture.standard((used, 60))))
    }
    #expect(line(99.6).contains(#""used_percent":99.6,"#))
    #expect(line(63).contains(#""used_percent":63,"#))
    #expect(!line(.infinity).contains("inf"))
    #expect(!line(.nan).contains("nan"))
  }

  @Test("'json' has an end only when it is certain enough to be shown")
  func jsonEnd() {
    func line(isShown: Bool) -> String {
      var reading = Fixture.reading(Fixture.standard((50, 7200)))
      let at = Fixture.now.adding(seconds: 3600)
      reading.data?.trends = [
        Trend(
          limit: "5h",
          forecast: Forecast(
            percentAtReset: 100, probability: nil,
            end: .init(at: at, earliest: at, latest: at, isShown: isShown)))
      ]
      return Host.json.render(Readout(reading, Fixture.presentation()))
    }
    #expect(line(isShown: true).contains("runs_out_at"))
    #expect(!line(isShown: false).contains("runs_out"))
  }

  @Test(
    "RFC 3339 dates",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
      (951_868_800, "2000-03-01T00:00:00Z"),
      (1_784_570_340, "2026-07-20T17:59:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
      (-1, "1970-01-01T00:00:00Z"),
    ])
  func rfc3339(seconds: Int64, text: String) {
    #expect(RFC3339.text(Moment(seconds: seconds)) == text)
  }
}

extension String.UTF8View {
  var elementsPairs: [(UInt8, UInt8)] { Array(zip(self, dropFirst())) }
}
