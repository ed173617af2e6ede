import UsageCore

/// The user's choices about what to show, and how.
public struct Presentation: Sendable {
  /// What percentages mean. The raw value is that of `--show`.
  public enum Share: String, CaseIterable, Sendable { case used, remaining }

  /// The value of `--window` for the limit that stops the user first.
  public static let automaticWindow = "auto"
  /// The numbers of cells that `--bar-width` accepts.
  public static let barWidths = 1...40
  static let defaultBarWidth = 10

  /// A `Limit.id`, or `automaticWindow`.
  public var window = Presentation.automaticWindow
  /// For percentages only. Bars always show the used part.
  public var share = Share.used
  /// For colours, states and notifications.
  public var thresholds = Thresholds()
  /// Precedes the text; empty for none.
  public var label = "droid"
  /// The account's name, when the user has several.
  public var account: String?
  /// The value of `FACTORY_HOME_OVERRIDE`, which droid needs to use the same login; nil for none.
  public var droidHome: String?
  /// Replaces label and text; nil for the default.
  public var format: Template?
  /// Replaces the short text; nil for the percentage alone.
  public var shortFormat: Template?
  /// Replaces the tooltip; nil for all limits and trends.
  public var tooltipFormat: Template?
  /// The user's, or the defaults.
  public var colors = Colors()
  /// Older data is not shown. A day by default.
  public var maxAgeSeconds: Int64 = 86_400
  /// Nil for the default.
  public var barWidth: Int?
  /// `ascii` for terminals without UTF-8.
  public var barStyle = Format.BarStyle.blocks
  /// They take the place of the label.
  public var icons = Icons.none
  /// The tooltip lists today's tokens on this machine by model.
  public var showsLocalTokens = false
  /// The host shows the tooltip.
  public var hasTooltip = true
  /// The tooltip ends with what clicks do.
  public var explainsClicks = false
  /// For every time that is shown.
  public var clock: Clock

  public init(clock: @escaping Clock) {
    self.clock = clock
  }

  /// Used or remaining, as chosen.
  func shownPercent(used: Double) -> Int {
    let percent = Format.wholePercent(used)
    return share == .used ? percent : max(0, 100 - percent)
  }
}

/// Formats a time in the user's time zone and language. `now` decides how much of the date is given.
public typealias Clock =
  @Sendable (_ moment: Moment, _ now: Moment, _ precision: TimePrecision) ->
  String

/// How exactly a time is given.
public enum TimePrecision: Sendable {
  /// `17:59`, with the date if it is not today.
  case time
  /// `this evening`, `Tuesday afternoon`.
  case partOfDay
  /// `today`, `Tuesday`, `27 Oct`.
  case day
}

/// In percent used.
public struct Thresholds: Equatable, Sendable {
  /// The level is `warning` from here on.
  public var warning = 75.0
  /// The level is `critical` from here on.
  public var critical = 90.0

  /// Judges the percentage that is shown, so that `75%` is never ok with a threshold of 75.
  func level(usedPercent: Double) -> Level {
    let shown = Double(Format.wholePercent(usedPercent))
    return shown >= critical ? .critical : shown >= warning ? .warning : .ok
  }
}

/// `#RRGGBB`.
public struct Color: Equatable, Sendable {
  /// With its `#`; digits in upper or lower case.
  public let hex: String

  public init?(_ text: String) {
    guard text.utf8.count == 7, text.hasPrefix("#"),
      text.dropFirst().allSatisfy({ $0.isASCII && $0.isHexDigit })
    else { return nil }
    hex = text
  }

  init(known hex: String) {
    self.hex = hex
  }

  /// Red, green and blue, 0–255 each.
  var components: [Int] {
    let digits = hex.unicodeScalars.dropFirst().compactMap { scalar -> Int? in
      Character(scalar).hexDigitValue
    }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
  }
}

/// Colours for hosts without style sheets. The defaults are readable on light and dark bars.
public struct Colors: Equatable, Sendable {
  /// Nil: the bar's own.
  public var ok: Color?
  /// Also for problems that the user has to solve, such as a missing login.
  public var warning = Color(known: "#C27C0E")
  /// Also for `limited`.
  public var critical = Color(known: "#E5484D")
  /// For `idle`, stale data, and problems that solve themselves.
  public var muted = Color(known: "#7F8590")

  func color(of state: Readout.State, isStale: Bool) -> Color? {
    switch state {
    case .level(.warning): warning
    case .level(.critical), .level(.limited): critical
    case .level(.idle): muted
    case .level(.ok): isStale ? muted : ok
    case .problem(.loggedOut), .problem(.loginUnreadable), .problem(.forbidden), .problem(.config):
      warning
    case .problem: muted
    }
  }
}

/// An icon before the text.
public enum Icons: String, CaseIterable, Sendable {
  /// Material Design icons of https://www.nerdfonts.com/cheat-sheet
  case nerd
  case emoji
  case ascii
  case none

  func icon(_ state: Readout.State) -> String? {
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
