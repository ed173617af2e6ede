/// tmux, as `#(droidbar tmux)` in `status-right`. https://man.openbsd.org/tmux#STYLES
///
/// Tried with 3.3a.
enum TmuxHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # In ~/.tmux.conf:
        set -g status-interval 10
        set -ga status-right ' #(droidbar tmux)'

        """
      },
      timeoutOutput: HostFormat.timeoutText + "\n",
      render: { readout, _ in
        HostLimit.fit(HostLimit.line) { bytes in
          // `#` starts styles and formats; `##` is a literal one.
          let text = Format.line(readout.text, bytes: bytes)
            .split(separator: "#", omittingEmptySubsequences: false).joined(separator: "##")
          guard let color = readout.color else { return text + "\n" }
          return "#[fg=\(color.hex)]\(text)#[default]\n"
        }
      })
  }
}
