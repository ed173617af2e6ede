import UsageCore

/// i3blocks. https://github.com/vivien/i3blocks#format
///
/// Left click: next limit. Middle click: refresh. Right click: usage page. Scroll: previous and next limit.
/// Tried with 1.4.
///
/// Prints the lines full_text, short_text and color, which 1.4 and 1.5 read alike, or with `--json` one line of the
/// JSON that both parse: no space before a colon, no escapes, no booleans.
public enum I3blocksHost {
  static let urgentStatus: Int32 = 33

  /// The block's section.
  ///
  /// - Parameters:
  ///   - signal: a number that no other block uses.
  ///   - hasMarkup: the file sets `markup=pango` for all blocks.
  public static func block(signal: Int, hasMarkup: Bool = false) -> String {
    """
    [droid]
    command=droidbar i3blocks\(hasMarkup ? " --markup pango" : "")
    interval=10
    signal=\(signal)

    """
  }

  static var format: HostFormat {
    HostFormat(
      snippet: { "# In ~/.config/i3blocks/config:\n" + block(signal: 8) },
      timeoutOutput: {
        $0.isJSON ? "{\"full_text\":\"droid: timed out\"}\n" : "droid: timed out\n"
      },
      render: render, renderStreamed: renderStreamed,
      ownOptions: ["--json"],
      // i3blocks 1.5 exports the properties of its block.
      adjust: { style, environment in
        if environment["markup"] == "pango" { style.isPango = true }
      },
      sendsClicks: { $0["interval"] == "persist" },
      exitStatus: { readout, style in
        readout.isUrgent && style.marksUrgent ? urgentStatus : 0
      })
  }

  private static func render(_ readout: Readout, _ style: HostStyle) -> String {
    LineLength.fit(LineLength.line) { bytes in
      style.isJSON ? json(readout, style, bytes) : lines(readout, style, bytes)
    }
  }

  /// For `interval=persist`, where each line is a full_text and colours need markup.
  private static func renderStreamed(_ readout: Readout, _ style: HostStyle) -> String {
    if style.isJSON { return render(readout, style) }
    return LineLength.fit(LineLength.line) { bytes in
      let text = style.texts(of: readout, bytes: bytes).text
      guard style.isPango, let color = readout.color else { return text + "\n" }
      return "<span color=\"\(color.hex)\">\(text)</span>\n"
    }
  }

  private static func lines(_ readout: Readout, _ style: HostStyle, _ bytes: Int) -> String {
    let (text, short) = style.texts(of: readout, bytes: bytes)
    return [text, short, readout.color?.hex].compactMap { $0 }.joined(separator: "\n") + "\n"
  }

  private static func json(_ readout: Readout, _ style: HostStyle, _ bytes: Int) -> String {
    let (text, short) = style.texts(of: readout, bytes: bytes)
    var object = JSONObject()
    object.add("full_text", unescapable(text))
    object.add("short_text", unescapable(short))
    if let color = readout.color { object.add("color", color.hex) }
    if readout.isUrgent && style.marksUrgent { object.add("urgent", "true") }
    return object.line
  }

  /// 1.4 does not understand escapes.
  private static func unescapable(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      result.unicodeScalars.append(scalar == "\"" ? "'" : scalar == "\\" ? "/" : scalar)
    }
  }
}
