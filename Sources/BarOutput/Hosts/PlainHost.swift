/// A line for anything that shows a line.
enum PlainHost {
  static func spelled(_ readout: Readout) -> String {
    HostLimit.fit(HostLimit.line) { OneLine.of(readout.text, bytes: $0) + "\n" }
  }
}
