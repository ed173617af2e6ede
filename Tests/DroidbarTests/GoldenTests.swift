import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

/// Every host × state, as it is printed. `DROIDBAR_RECORD=1 swift test` writes the files anew, and fails to say so.
@Suite("Golden files of every host and state")
struct GoldenTests {
  private static let folder =
    ((#filePath as NSString).deletingLastPathComponent as NSString)
    .deletingLastPathComponent + "/Golden"

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
      var presentation = Presentation(clock: Clock { moment, _ in RFC3339.text(moment) })
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
    try compare(Self.render(host, style), name)
  }

  @Test("'status' matches in a file, on a terminal, and on a narrow terminal")
  func status() throws {
    for (name, width, isColored) in [
      ("status", nil, false), ("status-terminal", 100, true), ("status-narrow", 40, false),
    ] as [(String, Int?, Bool)] {
      let printed = DemoState.allCases.map { state in
        var presentation = Presentation(clock: Clock { moment, _ in RFC3339.text(moment) })
        presentation.showsLocalTokens = true
        let readout = Readout(state.reading(now: Self.now), presentation)
        return "== \(state.rawValue)\n"
          + TerminalText.render(readout.tooltip, width: width, isColored: isColored)
      }.joined()
      try compare(printed, name)
    }
  }

  @Test("'status --history' matches with sparklines, in ASCII and on a narrow terminal")
  func history() throws {
    for (name, stepsPerDay, style) in [
      ("history", 6, .blocks), ("history-ascii", 6, .ascii), ("history-narrow", 3, .blocks),
    ] as [(String, Int, Format.BarStyle)] {
      let printed = [DemoState.ok, .warning, .limited, .tokensMax].map { state in
        var presentation = Presentation(clock: Clock { moment, _ in RFC3339.text(moment) })
        presentation.barStyle = style
        let readout = Readout(state.reading(now: Self.now), presentation)
        let chart = HistoryChart(
          .demo(stepsPerDay: stepsPerDay), facts: readout.facts, presentation: presentation)
        let width = stepsPerDay < 6 ? 40 : nil
        return "== \(state.rawValue)\n"
          + TerminalText.render(chart.lines, width: width, isColored: false)
      }.joined()
      try compare(printed, name)
    }
  }

  private func compare(_ printed: String, _ name: String) throws {
    let path = "\(Self.folder)/\(name).txt"
    if ProcessInfo.processInfo.environment["DROIDBAR_RECORD"] != nil {
      try printed.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("\(path) was written anew: read it, then run the tests without DROIDBAR_RECORD")
      return
    }
    #expect(printed == (try String(contentsOfFile: path, encoding: .utf8)))
  }
}
