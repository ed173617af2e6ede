import UsageCore

/// A program that shows readings. The raw value is its name on the command line.
public enum Host: String, CaseIterable, Sendable {
  case waybar
  case i3blocks
  case polybar
  case i3bar
  case i3statusRust = "i3status-rust"
  case yambar
  case xmobar
  case tmux
  case lemonbar
  case droid
  case plain
  case json
  case prometheus

  /// Everything known about the host, from its file.
  public var format: HostFormat {
    switch self {
    case .waybar: WaybarHost.format
    case .i3blocks: I3blocksHost.format
    case .polybar: PolybarHost.format
    case .i3bar: I3barHost.format
    case .i3statusRust: I3statusRustHost.format
    case .yambar: YambarHost.format
    case .xmobar: XmobarHost.format
    case .tmux: TmuxHost.format
    case .lemonbar: LemonbarHost.format
    case .droid: DroidHost.format
    case .plain: PlainHost.format
    case .json: JSONHost.format
    case .prometheus: PrometheusHost.format
    }
  }

  /// The configuration block to paste, as in `integrations/`.
  public var snippet: String { format.snippet() }
}

/// What is known about a host.
public struct HostFormat {
  /// A pure function: it reads no clock, file or setting.
  public typealias Render = (_ readout: Readout, _ style: HostStyle) -> String

  /// The default of `--wait` for most hosts and commands.
  public static let usualWaitSeconds: Int64 = 2

  /// The configuration block to paste.
  public let snippet: () -> String
  /// What is printed when the deadline passes before there is a reading.
  public var timeoutOutput: (_ style: HostStyle) -> StaticString = { _ in "droid: timed out\n" }
  /// The host shows a tooltip, or is given everything.
  public var hasTooltip = false
  /// The tooltip explains the clicks of the snippet.
  public var explainsClicks = false
  /// The default of `--wait`.
  public var waitSeconds = HostFormat.usualWaitSeconds
  /// The first output of `--watch`.
  public var streamHeader = ""
  /// One reading, ending in a newline.
  public let render: Render
  /// The same for `--watch`, where it differs.
  var renderStreamed: Render?
  /// Options that only this host has.
  public var ownOptions: [String] = []
  /// Adjusts the style to environment variables that the host sets.
  public var adjust: (_ style: inout HostStyle, _ environment: Environment) -> Void = { _, _ in }
  /// The host sends clicks to standard input of `--watch`.
  public var sendsClicks: (_ environment: Environment) -> Bool = { _ in false }
  /// The exit status, where it is not always 0.
  var exitStatus: ((Readout, HostStyle) -> Int32)?
}

extension Host {
  /// The output for one reading, ending in a newline.
  public func render(_ readout: Readout, _ style: HostStyle = HostStyle()) -> String {
    format.render(readout, style)
  }

  /// The output for one reading of `--watch`, after the format's `streamHeader`.
  public func renderStreamed(_ readout: Readout, _ style: HostStyle = HostStyle()) -> String {
    let format = format
    return (format.renderStreamed ?? format.render)(readout, style)
  }

  /// The status of a process that prints one reading: 0, or 33 when i3blocks is to mark the block urgent.
  public func exitStatus(_ readout: Readout, _ style: HostStyle = HostStyle()) -> Int32 {
    format.exitStatus?(readout, style) ?? 0
  }
}

/// The user's choices that concern one host.
public struct HostStyle: Equatable, Sendable {
  /// The text is Pango markup.
  public var isPango = false
  /// i3blocks with `format=json`.
  public var isJSON = false
  /// i3blocks may exit 33, and i3bar may mark the block urgent.
  public var marksUrgent = true
  /// droid's line has ANSI colours. https://no-color.org
  public var hasColor = true

  public init() {}

  /// The text in at most `bytes` and the short one in half of them, as Pango markup if the host reads that.
  func texts(of readout: Readout, bytes: Int) -> (text: String, short: String) {
    func line(_ text: String, _ markup: String?, bytes: Int) -> String {
      isPango ? Pango.line(text, markup: markup, bytes: bytes) : Format.line(text, bytes: bytes)
    }
    return (
      line(readout.text, readout.markup.text, bytes: bytes),
      line(readout.shortText, readout.markup.shortText, bytes: bytes / 2)
    )
  }
}

/// The longest line that every version of every host accepts.
enum LineLength {
  static let line = 1000
  static let waybar = 4096

  /// Shortens the texts until the rendered line is below `limit` bytes.
  static func fit(_ limit: Int, _ render: (_ textBytes: Int) -> String) -> String {
    for textBytes in [400, 200, 100, 50, 25] {
      let line = render(textBytes)
      if line.utf8.count < limit { return line }
    }
    return render(0)
  }
}

/// A line in the colour of its state, for hosts with formatting tags.
enum TaggedLine {
  /// The text, made safe by `escape`, between what starts and ends a colour.
  static func render(
    _ readout: Readout, escape: (String) -> String,
    tags: (_ color: Color) -> (start: String, end: String)
  ) -> String {
    LineLength.fit(LineLength.line) { bytes in
      let text = escape(Format.line(readout.text, bytes: bytes))
      guard let color = readout.color else { return text + "\n" }
      let (start, end) = tags(color)
      return start + text + end + "\n"
    }
  }

  static func doubled(_ character: Character, in text: String) -> String {
    text.split(separator: character, omittingEmptySubsequences: false)
      .joined(separator: "\(character)\(character)")
  }
}
