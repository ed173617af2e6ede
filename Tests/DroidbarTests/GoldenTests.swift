import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

/// Every host × state, as it is printed. `DROIDBAR_RECORD=1 swift test` rewrites the files and then fails, so that the
/// difference is reviewed.
@Suite("Golden files of every host and state")
struct GoldenTests {
  static let styles: [(name: String, host: BarOutput.Host, style: HostStyle)] = {
    var pango = HostStyle()
    pango.isPango = true
    var json = HostStyle()
    json.isJSON = true
    let special = [
      ("i3blocks-pango", BarOutput.Host.i3blocks, pango), ("i3blocks-json", .i3blocks, json),
    ]
    return BarOutput.Host.allCases.map { ($0.rawValue, $0, HostStyle()) } + special
  }()

  /// 2026-11-21 12:00:00 UTC, a Saturday.
  private static let now = Moment(seconds: 1_795_262_400)

  private static func render(_ host: BarOutput.Host, _ style: HostStyle) -> String {
    return DemoState.allCases.map { state in
      var presentation = Presentation(clock: { moment, _, _ in RFC3339.text(moment) })
      presentation.hasTooltip = host.format.hasTooltip
      presentation.explainsClicks = host.format.explainsClicks
      let readout = Readout(state.reading(now: Self.now), presentation)
      return "== \(state.rawValue), status \(host.exitStatus(readout, style))\n"
        + host.render(readout, style)
    }.joined()
  }

  @Test("The output of every host matches its golden file", arguments: styles.map(\.name))
  func golden(name: String) throws {
    let (_, host, style) = try #require(Self.styles.first { $0.name == name })
    try Repository.compare(Self.render(host, style), with: "Tests/Golden/\(name).txt")
  }

  @Test("'status' matches in a file, on a terminal, and on a narrow terminal")
  func status() throws {
    for (name, width, isColored) in [
      ("status", nil, false), ("status-terminal", 100, true), ("status-narrow", 40, false),
    ] as [(String, Int?, Bool)] {
      let printed = DemoState.allCases.map { state in
        var presentation = Presentation(clock: { moment, _, _ in RFC3339.text(moment) })
        presentation.showsLocalTokens = true
        let readout = Readout(state.reading(now: Self.now), presentation)
        return "== \(state.rawValue)\n"
          + TerminalText.render(readout.tooltip, width: width, isColored: isColored)
      }.joined()
      try Repository.compare(printed, with: "Tests/Golden/\(name).txt")
    }
  }

  @Test("'status --history' matches with sparklines, in ASCII and on a narrow terminal")
  func history() throws {
    for (name, stepsPerDay, style) in [
      ("history", 6, .blocks), ("history-ascii", 6, .ascii), ("history-narrow", 3, .blocks),
    ] as [(String, Int, Format.BarStyle)] {
      let printed = [DemoState.ok, .warning, .limited, .tokensMax].map { state in
        var presentation = Presentation(clock: { moment, _, _ in RFC3339.text(moment) })
        presentation.barStyle = style
        let readout = Readout(state.reading(now: Self.now), presentation)
        let chart = HistoryChart(
          .demo(stepsPerDay: stepsPerDay), facts: readout.facts, presentation: presentation)
        let width = stepsPerDay < 6 ? 40 : nil
        return "== \(state.rawValue)\n"
          + TerminalText.render(chart.lines, width: width, isColored: false)
      }.joined()
      try Repository.compare(printed, with: "Tests/Golden/\(name).txt")
    }
  }
}
