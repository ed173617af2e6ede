/// An i3blocks block, https://github.com/vivien/i3blocks#format
///
/// The lines full_text, short_text, color mean the same to 1.4 and 1.5. With `format=json` only what both parsers take:
/// no space before a colon, no escapes, no booleans.
enum I3blocksHost {
  static let urgentStatus: Int32 = 33

  static func spelled(_ readout: Readout, _ style: HostStyle) -> String {
    HostLimit.fit(HostLimit.line) { bytes in
      style.isJSON ? json(readout, style, bytes) : lines(readout, style, bytes)
    }
  }

  /// For `interval=persist`, where each line is a full_text: the colour has to be markup.
  static func streamed(_ readout: Readout, _ style: HostStyle) -> String {
    HostLimit.fit(HostLimit.line) { bytes in
      let text = text(readout.text, readout.markup.text, style, bytes)
      guard style.isPango, let color = readout.color else { return text + "\n" }
      return "<span color=\"\(color.hex)\">\(text)</span>\n"
    }
  }

  private static func lines(_ readout: Readout, _ style: HostStyle, _ bytes: Int) -> String {
    let lines = [
      text(readout.text, readout.markup.text, style, bytes),
      text(readout.shortText, readout.markup.shortText, style, bytes / 2),
      readout.color?.hex,
    ]
    return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
  }

  private static func json(_ readout: Readout, _ style: HostStyle, _ bytes: Int) -> String {
    var object = JSONText()
    object.add("full_text", unquoted(text(readout.text, readout.markup.text, style, bytes)))
    object.add(
      "short_text", unquoted(text(readout.shortText, readout.markup.shortText, style, bytes / 2)))
    if let color = readout.color { object.add("color", color.hex) }
    if readout.isUrgent && style.marksUrgent { object.add("urgent", "true") }
    return object.closed + "\n"
  }

  private static func text(_ text: String, _ markup: String?, _ style: HostStyle, _ bytes: Int)
    -> String
  {
    style.isPango
      ? Pango.line(text, markup: markup, bytes: bytes) : OneLine.of(text, bytes: bytes)
  }

  /// 1.4 ends a value at its first quote and shows a backslash as it is.
  private static func unquoted(_ text: String) -> String {
    var unquoted = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      unquoted.append(scalar == "\"" ? "'" : scalar == "\\" ? "/" : scalar)
    }
    return String(unquoted)
  }
}
