/// A sign before the text, from a font that the bar has.
public enum Icons: String, CaseIterable, Sendable {
  /// https://www.nerdfonts.com/cheat-sheet, the Material Design set.
  case nerd
  case emoji
  case ascii
  case none

  func before(_ text: String, _ state: Readout.State) -> String {
    sign(state).map { "\($0) \(text)" } ?? text
  }

  private func sign(_ state: Readout.State) -> String? {
    switch self {
    case .none: nil
    case .ascii: state == .level(.ok) || state == .level(.idle) ? "[droid]" : "[droid!]"
    case .emoji:
      switch state {
      case .level(.ok), .level(.warning), .level(.critical): "🤖"
      case .level(.limited): "⛔"
      case .level(.idle): "💤"
      case .problem(.loading): "⏳"
      case .problem: "🔌"
      }
    case .nerd:
      switch state {
      case .level(.limited): "\u{f0156}"
      case .level(.idle): "\u{f04b2}"
      case .level: "\u{f06a9}"
      case .problem(.loading): "\u{f0772}"
      case .problem: "\u{f0026}"
      }
    }
  }
}
