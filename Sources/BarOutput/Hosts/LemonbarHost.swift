/// lemonbar. https://github.com/LemonBoy/bar/blob/master/README.pod
///
/// Tried with 1.4.
enum LemonbarHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # In the script that feeds lemonbar; one line for each reading:
        droidbar lemonbar --watch | lemonbar -p

        """
      },
      timeoutOutput: HostFormat.timeoutText + "\n",
      render: { readout, _ in
        HostLimit.fit(HostLimit.line) { bytes in
          // `%{` starts a tag; `%%` is a literal percent sign.
          let text = Format.line(readout.text, bytes: bytes)
            .split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
          guard let color = readout.color else { return text + "\n" }
          return "%{F\(color.hex)}\(text)%{F-}\n"
        }
      })
  }
}
