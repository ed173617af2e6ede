/// yambar's script module: `name|type|value` lines, committed by an empty one.
/// https://codeberg.org/dnkl/yambar/src/branch/master/doc/yambar-modules-script.5.scd
enum YambarHost {
  static func spelled(_ readout: Readout) -> String {
    HostLimit.fit(HostLimit.line) { bytes in
      [
        "text|string|\(OneLine.of(readout.text, bytes: bytes))",
        "short|string|\(OneLine.of(readout.shortText, bytes: bytes / 2))",
        "state|string|\(readout.state.word)",
        "stale|bool|\(readout.facts.isStale)",
        "urgent|bool|\(readout.isUrgent)",
        "known|bool|\(readout.percentage != nil)",
        "percent|range:0-100|\(readout.percentage ?? 0)",
        "", "",
      ].joined(separator: "\n")
    }
  }
}
