import UsageCore

@testable import BarOutput

/// Templates, markup, and every host's output.
enum OutputParsers {
  static let all: [@Sendable ([UInt8]) -> Void] = [template, markup, notifications]

  private static let now = Moment(seconds: 1_795_262_400)

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func template(_ bytes: [UInt8]) {
    guard let template = try? Template(text(bytes)) else { return }
    let filled = template.filled { $0.value == "plan" ? nil : "&<x>" }
    if let markup = template.markup({ _ in "&<x>" }) {
      require(Pango.isValid(markup), "markup of a template is valid")
    }
    require(filled.utf8.count < 64 + bytes.count * 20, "templates do not explode")
  }

  private static func markup(_ bytes: [UInt8]) {
    _ = Pango.isValid(text(bytes))
    require(Pango.isValid(Pango.escape(text(bytes))), "escaped text is valid")
  }

  private static func notifications(_ bytes: [UInt8]) {
    let memory = NotificationMemory(text(bytes), account: "a")
    require(NotificationMemory(memory.text, account: "a") == memory, "a memory survives")
  }

  static func show(_ data: Snapshot.UsageData, _ now: Moment) {
    for problem in [nil, Problem.offline(reason: data.plan ?? "x")] {
      let reading = Reading(data: data, problem: problem, now: now)
      let readout = Readout(reading, Presentation(clock: { _, _, _ in "12:00" }))
      // droid's colours are control characters.
      var style = HostStyle()
      style.hasColor = false
      for host in Host.allCases {
        let line = host.render(readout, style)
        require(line.hasSuffix("\n"), "output ends with a newline")
        let limit = host == .waybar ? 4096 : 1000
        require(host == .prometheus || line.utf8.count < limit, "output is short")
        let isMultiline = host == .i3blocks || host == .yambar || host == .prometheus
        let controls = line.utf8.dropLast().filter { $0 < 0x20 && !(isMultiline && $0 == 0x0a) }
        require(controls.isEmpty, "output has no control characters")
      }
    }
  }
}
