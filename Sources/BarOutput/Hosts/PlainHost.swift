/// Any program that shows the first line of a command's output.
enum PlainHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # For any bar that shows the first line of a command:
        droidbar plain

        """
      },
      render: { readout, _ in
        LineLength.fit(LineLength.line) { Format.line(readout.text, bytes: $0) + "\n" }
      })
  }
}
