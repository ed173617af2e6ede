import UsageCore

/// droid's own status line, as `statusLine` in `~/.factory/settings.json`. https://docs.factory.ai/cli/configuration/settings
///
/// droid runs the command and shows its standard output with its ANSI colours. What droid writes to standard input is
/// ignored. Not tried inside droid, which needs an account.
public enum DroidHost {
  /// The value of `statusLine`.
  public static let statusLine =
    "{ \"command\": \"droidbar droid\", \"padding\": 0, \"maxRows\": 1 }"

  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        // In ~/.factory/settings.json:
        "statusLine": \(statusLine)

        """
      },
      // droid redraws its status line often, and must not wait for it.
      waitSeconds: 0,
      render: { readout, style in
        TaggedLine.render(readout, escape: { $0 }) { color in
          guard style.hasColor else { return ("", "") }
          let components = color.components.map { "\($0)" }.joined(separator: ";")
          return ("\u{1b}[38;2;\(components)m", "\u{1b}[0m")
        }
      },
      adjust: { style, environment in style.hasColor = environment["NO_COLOR"] == nil })
  }
}
