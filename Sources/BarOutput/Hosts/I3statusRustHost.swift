/// i3status-rust, a custom block with `json = true`.
/// https://docs.rs/i3status-rs/latest/i3status_rs/blocks/custom/index.html
///
/// Left click: next limit. Middle click: refresh. Right click: usage page. Scroll: previous and next limit.
/// Written from its documentation; not tried.
enum I3statusRustHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # In ~/.config/i3status-rust/config.toml:
        [[block]]
        block = "custom"
        command = "droidbar i3status-rust"
        json = true
        interval = 10
        [[block.click]]
        button = "left"
        cmd = "BLOCK_BUTTON=1 droidbar i3status-rust >/dev/null"
        sync = true
        update = true
        [[block.click]]
        button = "middle"
        cmd = "droidbar refresh --force >/dev/null 2>&1"
        sync = true
        update = true
        [[block.click]]
        button = "right"
        cmd = "droidbar open"
        [[block.click]]
        button = "up"
        cmd = "BLOCK_BUTTON=4 droidbar i3status-rust >/dev/null"
        sync = true
        update = true
        [[block.click]]
        button = "down"
        cmd = "BLOCK_BUTTON=5 droidbar i3status-rust >/dev/null"
        sync = true
        update = true

        """
      },
      timeoutOutput: { _ in "{\"state\":\"Info\",\"text\":\"droid: timed out\"}\n" },
      render: { readout, _ in
        LineLength.fit(LineLength.line) { bytes in
          var object = JSONObject()
          object.add("state", state(readout))
          object.add("text", Format.line(readout.text, bytes: bytes))
          object.add("short_text", Format.line(readout.shortText, bytes: bytes / 2))
          return object.line
        }
      })
  }

  /// One of the theme's states.
  private static func state(_ readout: Readout) -> String {
    switch readout.state {
    case .level(.critical), .level(.limited): "Critical"
    case .level(.warning): "Warning"
    case .level(.ok), .level(.idle): readout.facts.isStale ? "Info" : "Idle"
    case .problem(.loggedOut), .problem(.loginUnreadable), .problem(.forbidden), .problem(.config):
      "Warning"
    case .problem: "Info"
    }
  }
}
