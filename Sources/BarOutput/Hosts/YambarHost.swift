/// yambar, a script module. https://codeberg.org/dnkl/yambar/src/branch/master/doc/yambar-modules-script.5.scd
///
/// Tried with 1.9.0 and 1.11.0.
///
/// Prints `name|type|value` lines, which an empty line commits.
enum YambarHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # In ~/.config/yambar/config.yml, in one of the bar's lists:
        - script:
            path: /usr/bin/env # yambar needs an absolute path; env finds droidbar in yambar's PATH
            args: [droidbar, yambar, --watch]
            content:
              map:
                default: {string: {text: "{text}"}}
                conditions: # one quoted word in each: yambar 1.9 reads to the last quote of a condition
                  state == critical || state == limited: {string: {text: "{text}", foreground: e5484dff}}
                  state == warning || state == forbidden || state == config: {string: {text: "{text}", foreground: c27c0eff}}
                  state == "logged-out": {string: {text: "{text}", foreground: c27c0eff}}
                  state == "login-unreadable": {string: {text: "{text}", foreground: c27c0eff}}
                  stale || state == idle || state == loading || state == offline: {string: {text: "{text}", foreground: 7f8590ff}}
                  state == "rate-limited": {string: {text: "{text}", foreground: 7f8590ff}}
                  state == "service-error": {string: {text: "{text}", foreground: 7f8590ff}}

        """
      },
      timeoutOutput: { _ in
        """
        text|string|droid: timed out
        short|string|timed out
        state|string|service-error
        stale|bool|false
        urgent|bool|false
        known|bool|false
        percent|range:0-100|0


        """
      },
      render: { readout, _ in
        LineLength.fit(LineLength.line) { bytes in
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
