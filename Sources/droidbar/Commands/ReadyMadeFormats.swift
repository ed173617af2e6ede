import BarOutput
import UsageCore

/// `droidbar help formats`: templates to copy, each with what it prints for the built-in account.
enum ReadyMadeFormats {
  static let topic = "formats"

  static let all = [
    "{percent}",
    "{window} {percent}{countdown? in {countdown}{/}",
    "{window} {remaining} left",
    "{bar} {percent}",
    "5h {5h.percent} week {week.percent}",
    "{window} {percent}{pace? ({pace}){/}",
    "{window} {percent}{eta? runs out {eta}{/}",
    "{used}{allowance?/{allowance}{/}",
    "{plan}: {percent}{problem? !{/}",
  ]

  /// - Parameter now: where the clock times come from.
  static func text(now: Moment, clock: @escaping @Sendable (Moment, Moment) -> String) -> String {
    let width = all.map(\.count).max() ?? 0
    let lines = all.map { format in
      let gap = String(repeating: " ", count: width - format.count)
      // Tokens are spoken of where there is an allowance.
      let state = format.contains("{allowance") ? DemoState.tokens : DemoState.warning
      return "\(format)\(gap)  \(printed(format, state, now, clock))\n"
    }
    return lines.joined()
  }

  private static func printed(
    _ format: String, _ state: DemoState, _ now: Moment,
    _ clock: @escaping @Sendable (Moment, Moment) -> String
  ) -> String {
    var presentation = Presentation(clock: clock)
    presentation.hasTooltip = false
    presentation.format = try? Template(format)
    return Readout(state.reading(now: now), presentation).text
  }
}
