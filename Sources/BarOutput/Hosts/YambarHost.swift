/// yambar, a script module. https://codeberg.org/dnkl/yambar/src/branch/master/doc/yambar-modules-script.5.scd
///
/// Written from its documentation; not tried.
///
/// Prints `name|type|value` lines, which an empty line commits.
enum YambarHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # In ~/.config/yambar/config.yml, in one of the bar's lists, with the absolute path of droidbar:
        - script:
            path: /usr/local/bin/droidbar
            args: [yambar, --watch]
            content:
              map:
                default: {string: {text: "{text}"}}
                conditions:
                  state == critical || state == limited: {string: {text: "{text}", foreground: e5484dff}}
                  state == warning: {string: {text: "{text}", foreground: c27c0eff}}
                  stale || state == idle || ~known: {string: {text: "{text}", foreground: 7f8590ff}}

        """
      },
      timeoutOutput: "text|string|\(HostFormat.timeoutText)\nstate|string|service-error\n\n",
      render: { readout, _ in
        HostLimit.fit(HostLimit.line) { bytes in
          [
            "text|string|\(Format.line(readout.text, bytes: bytes))",
            "short|string|\(Format.line(readout.shortText, bytes: bytes / 2))",
            "state|string|\(readout.state.name)",
            "stale|bool|\(readout.facts.isStale)",
            "urgent|bool|\(readout.isUrgent)",
            "known|bool|\(readout.percentage != nil)",
            "percent|range:0-100|\(readout.percentage ?? 0)",
            "", "",
          ].joined(separator: "\n")
        }
      })
  }
}
