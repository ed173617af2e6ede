/// The protocol of i3bar and swaybar, https://i3wm.org/docs/i3bar-protocol.html
///
/// A reading is one block. `--watch` puts the header before it and each block into an array of its own.
enum I3barHost {
  /// Asks for clicks; opens the endless array.
  static let header = "{\"version\":1,\"click_events\":true}\n[\n"

  static func spelled(_ readout: Readout, _ style: HostStyle) -> String {
    HostLimit.fit(HostLimit.line) { block(readout, style, $0) + "\n" }
  }

  /// What stands in the endless array for one reading.
  static func streamed(_ readout: Readout, _ style: HostStyle) -> String {
    HostLimit.fit(HostLimit.line) { "[" + block(readout, style, $0) + "],\n" }
  }

  private static func block(_ readout: Readout, _ style: HostStyle, _ bytes: Int) -> String {
    var object = JSONText()
    object.add("name", "droid")
    object.add("full_text", text(readout.text, readout.markup.text, style, bytes))
    object.add("short_text", text(readout.shortText, readout.markup.shortText, style, bytes / 2))
    if let color = readout.color { object.add("color", color.hex) }
    if readout.isUrgent && style.marksUrgent { object.add("urgent", true) }
    object.add("markup", style.isPango ? "pango" : "none")
    return object.closed
  }

  private static func text(_ text: String, _ markup: String?, _ style: HostStyle, _ bytes: Int)
    -> String
  {
    style.isPango
      ? Pango.line(text, markup: markup, bytes: bytes) : OneLine.of(text, bytes: bytes)
  }
}
