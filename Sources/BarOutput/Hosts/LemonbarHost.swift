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
      render: { readout, _ in
        // `%{` starts a tag; `%%` is a literal percent sign.
        TaggedLine.render(readout, escape: { TaggedLine.doubled("%", in: $0) }) {
          ("%{F\($0.hex)}", "%{F-}")
        }
      })
  }
}
