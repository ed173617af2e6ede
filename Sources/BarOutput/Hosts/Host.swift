/// A program that shows a reading. The raw value is its spelling on the command line.
public enum Host: String, CaseIterable, Sendable {
  case waybar
  case i3blocks
  case polybar
  case i3bar
  case i3statusRust = "i3status-rust"
  case yambar
  case xmobar
  case tmux
  case plain
  case json
  case prometheus

  /// The reading in the host's own spelling: one write, ended by a line break.
  public func spelled(_ readout: Readout, _ style: HostStyle = HostStyle()) -> String {
    switch self {
    case .waybar: WaybarHost.spelled(readout)
    case .i3blocks: I3blocksHost.spelled(readout, style)
    case .polybar: PolybarHost.spelled(readout)
    case .i3bar: I3barHost.spelled(readout, style)
    case .i3statusRust: I3statusRustHost.spelled(readout)
    case .yambar: YambarHost.spelled(readout)
    case .xmobar: XmobarHost.spelled(readout)
    case .tmux: TmuxHost.spelled(readout)
    case .plain: PlainHost.spelled(readout)
    case .json: JSONHost.spelled(readout)
    case .prometheus: PrometheusHost.spelled(readout)
    }
  }

  /// What a host that is written to without end gets before its first reading.
  public var streamHeader: String { self == .i3bar ? I3barHost.header : "" }

  /// A reading for a host that is written to without end.
  public func streamed(_ readout: Readout, _ style: HostStyle = HostStyle()) -> String {
    switch self {
    case .i3bar: I3barHost.streamed(readout, style)
    case .i3blocks where !style.isJSON: I3blocksHost.streamed(readout, style)
    default: spelled(readout, style)
    }
  }

  /// What the process ends with.
  public func exitStatus(_ readout: Readout, _ style: HostStyle = HostStyle()) -> Int32 {
    self == .i3blocks && readout.isUrgent && style.marksUrgent ? I3blocksHost.urgentStatus : 0
  }

  /// Whether a pointer can ask the host for more than the text.
  public var hasTooltip: Bool {
    switch self {
    case .waybar, .json, .prometheus: true
    case .i3blocks, .polybar, .i3bar, .i3statusRust, .yambar, .xmobar, .tmux, .plain: false
    }
  }
}

/// What a person chose of a host's own possibilities.
public struct HostStyle: Equatable, Sendable {
  /// The text is read as Pango markup.
  public var isPango = false
  /// i3blocks with `format=json`.
  public var isJSON = false
  /// i3blocks may end with its status for urgent.
  public var marksUrgent = true

  public init() {}
}

/// The longest reading that every version of every host takes whole.
enum HostLimit {
  static let line = 1000
  static let waybar = 4096

  /// The longest of ever shorter readings that stays under `limit` bytes.
  static func fit(_ limit: Int, _ spell: (_ textBytes: Int) -> String) -> String {
    for textBytes in [400, 200, 100, 50, 25] {
      let line = spell(textBytes)
      if line.utf8.count < limit { return line }
    }
    return spell(0)
  }
}
