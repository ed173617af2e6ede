/// waybar, a custom module with `"return-type": "json"`.
/// https://github.com/Alexays/Waybar/wiki/Module:-Custom
///
/// Left click: next limit. Middle click: refresh. Right click: usage page. Scroll: previous and next limit.
/// Tried with 0.9.17.
///
/// Prints one JSON object on one line. Text and tooltip are Pango markup. `percentage` is an integer, because 0.9.17
/// accepts nothing else.
public enum WaybarHost {
  /// The module's JSON member.
  ///
  /// - Parameter signal: a number that no other module uses.
  public static func module(signal: Int) -> String {
    """
    "custom/droid": {
      "exec": "droidbar waybar",
      "return-type": "json",
      "interval": 10,
      "signal": \(signal),
      "on-click": "BLOCK_BUTTON=1 droidbar waybar --notify-host waybar:\(signal) >/dev/null",
      "on-click-middle": "droidbar refresh --force --notify-host waybar:\(signal) >/dev/null 2>&1 &",
      "on-click-right": "droidbar open",
      "on-scroll-up": "BLOCK_BUTTON=4 droidbar waybar --notify-host waybar:\(signal) >/dev/null",
      "on-scroll-down": "BLOCK_BUTTON=5 droidbar waybar --notify-host waybar:\(signal) >/dev/null"
    }
    """
  }

  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        // In ~/.config/waybar/config, with "custom/droid" in one of its modules lists:
        \(module(signal: 8))

        """
      },
      timeoutOutput: { _ in
        """
        {"text":"droid: timed out","alt":"service-error","tooltip":"Service error: reading the cache timed \
        out.","class":["service-error"]}

        """
      },
      hasTooltip: true, explainsClicks: true, render: { readout, _ in render(readout) })
  }

  private static func render(_ readout: Readout) -> String {
    var tooltip = readout.tooltip
    while true {
      let line = LineLength.fit(LineLength.waybar) { bytes in
        render(readout, tooltip: tooltip, textBytes: bytes)
      }
      if line.utf8.count < LineLength.waybar || tooltip.isEmpty { return line }
      tooltip.removeLast()
    }
  }

  private static func render(_ readout: Readout, tooltip: [StyledLine], textBytes: Int) -> String {
    var object = JSONObject()
    object.add("text", Pango.line(readout.text, markup: readout.markup.text, bytes: textBytes))
    object.add("alt", readout.state.name)
    object.add("tooltip", markup(tooltip, readout))
    object.add("class", readout.classes)
    if let percentage = readout.percentage { object.add("percentage", Int64(percentage)) }
    return object.line
  }

  /// `<tt>`, because the columns need a fixed-width font.
  private static func markup(_ lines: [StyledLine], _ readout: Readout) -> String {
    guard !lines.isEmpty else { return "" }
    if let own = readout.markup.tooltip, own.utf8.count < 2000 { return "<tt>" + own + "</tt>" }
    var text = ""
    text.reserveCapacity(1000)
    for line in lines {
      text += text.isEmpty ? "<tt>" : "\n"
      for piece in line.pieces {
        text += markup(
          Pango.escape(Format.line(piece.text, bytes: 400)), piece.style, readout.colors)
      }
    }
    text += "</tt>"
    return text
  }

  private static func markup(_ text: String, _ style: StyledLine.Style, _ colors: Colors) -> String
  {
    switch style {
    case .plain: text
    case .bold: "<b>" + text + "</b>"
    case .dim: "<span alpha=\"70%\">" + text + "</span>"
    case .level(let level):
      colors.color(of: .level(level), isStale: false)
        .map { "<span color=\"\($0.hex)\">" + text + "</span>" } ?? text
    }
  }
}
