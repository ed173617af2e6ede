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
    let ours = line.replacing("%{F#E5484D}", with: "").replacing("%{F-}", with: "").replacing(
      "%{O0}", with: "")
    #expect(PolybarHost.escape(ours).replacing("%{O0}", with: "") == ours)
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
