/// i3status-rust's custom block with `json = true`.
/// https://docs.rs/i3status-rs/latest/i3status_rs/blocks/custom/index.html
enum I3statusRustHost {
  static func spelled(_ readout: Readout) -> String {
    HostLimit.fit(HostLimit.line) { bytes in
      var object = JSONText()
      object.add("state", state(readout))
      object.add("text", OneLine.of(readout.text, bytes: bytes))
      object.add("short_text", OneLine.of(readout.shortText, bytes: bytes / 2))
      return object.closed + "\n"
    }
  }

  /// The theme's five words.
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
