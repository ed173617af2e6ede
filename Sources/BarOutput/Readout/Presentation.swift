import UsageCore

/// What a person chose to see, and how. Everything the readout needs besides the reading.
public struct Presentation: Sendable {
  public enum Share: String, CaseIterable, Sendable { case used, remaining }

  public static let automaticWindow = "auto"
  public static let windows = [
    automaticWindow, "5h", "week", "month", "core-5h", "core-week", "core-month", "standard",
    "premium",
  ]

  public var window = Presentation.automaticWindow
  public var share = Share.used
  public var thresholds = Thresholds()
  public var format: Template?
  public var shortFormat: Template?
  public var tooltipFormat: Template?
  public var colors = Colors()
  public var maxAgeSeconds: Int64 = 86_400
  /// Nil: as the place wants it.
  public var barWidth: Int?
  public var icons = Icons.none
  public var showsLocalTokens = false
  /// The host has a tooltip; else the text must carry what is important.
  public var hasTooltip = true
  /// A clock time in the user's zone and language, with the day where it is not today.
  public var clock: @Sendable (_ moment: Moment, _ now: Moment) -> String

  static let usualBarWidth = 10
  public static let barWidths = 1...40

  public init(clock: @escaping @Sendable (_ moment: Moment, _ now: Moment) -> String) {
    self.clock = clock
  }
}

/// A colour as `#RRGGBB`.
public struct Color: Equatable, Sendable {
  public let hex: String

  public init?(_ text: String) {
    guard text.utf8.count == 7, text.hasPrefix("#"), text.dropFirst().allSatisfy(\.isHexDigit)
    else { return nil }
    hex = text
  }

  init(known hex: String) {
    self.hex = hex
  }
}

/// Colours for hosts that colour by text.
public struct Colors: Equatable, Sendable {
  /// Nil: the bar's own.
  public var ok: Color?
  public var warning = Color(known: "#F2B84B")
  public var critical = Color(known: "#F0524F")
  public var muted = Color(known: "#8A8F98")

  public init() {}

  func of(_ state: Readout.State, isStale: Bool) -> Color? {
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
