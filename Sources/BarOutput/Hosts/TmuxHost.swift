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
        set -g status-right-length 80
        set -ga status-right ' #(droidbar tmux)'

        """
      },
      render: { readout, _ in
        // `#` starts styles and formats; `##` is a literal one.
        TaggedLine.render(readout, escape: { TaggedLine.doubled("#", in: $0) }) {
          ("#[fg=\($0.hex)]", "#[default]")
        }
      })
  }
}
