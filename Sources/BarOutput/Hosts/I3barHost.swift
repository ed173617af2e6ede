import UsageCore

/// i3bar and swaybar, as the bar's `status_command`. https://i3wm.org/docs/i3bar-protocol.html
///
/// Left click: next limit. Middle click: refresh. Right click: usage page. Scroll: previous and next limit.
/// Tried with i3bar 4.22.
///
/// Prints one block; with `--watch` the protocol's header and endless array, with clicks on standard input.
enum I3barHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # In the bar block of ~/.config/i3/config or ~/.config/sway/config:
        bar {
          status_command exec droidbar i3bar --watch
        }

        """
      },
      timeoutOutput: { _ in "{\"name\":\"droid\",\"full_text\":\"droid: timed out\"}\n" },
      streamHeader: "{\"version\":1,\"click_events\":true}\n[\n",
      render: { readout, style in
        LineLength.fit(LineLength.line) { block(readout, style, $0) + "\n" }
      },
      renderStreamed: { readout, style in
        LineLength.fit(LineLength.line) { "[" + block(readout, style, $0) + "],\n" }
      }, sendsClicks: { _ in true })
  }

  private static func block(_ readout: Readout, _ style: HostStyle, _ bytes: Int) -> String {
    let (text, short) = style.texts(of: readout, bytes: bytes)
    var object = JSONObject()
    object.add("name", "droid")
    object.add("full_text", text)
    object.add("short_text", short)
    if let color = readout.color { object.add("color", color.hex) }
    if readout.isUrgent && style.marksUrgent { object.add("urgent", true) }
    object.add("markup", style.isPango ? "pango" : "none")
    return object.text
  }
}
