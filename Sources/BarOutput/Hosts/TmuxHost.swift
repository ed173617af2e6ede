/// tmux, for `#(droidbar tmux)` in `status-right`.
/// https://man.openbsd.org/tmux#STYLES
enum TmuxHost {
  static func spelled(_ readout: Readout) -> String {
    HostLimit.fit(HostLimit.line) { bytes in
      // `#` opens styles and formats; doubled it is itself.
      let text = OneLine.of(readout.text, bytes: bytes).split(
        separator: "#", omittingEmptySubsequences: false
      )
      .joined(separator: "##")
      guard let color = readout.color else { return text + "\n" }
      return "#[fg=\(color.hex)]\(text)#[default]\n"
    }
  }
}
