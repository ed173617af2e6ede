/// polybar's custom/script: one line with its formatting tags.
/// https://github.com/polybar/polybar/wiki/Formatting
enum PolybarHost {
  static func spelled(_ readout: Readout) -> String {
    HostLimit.fit(HostLimit.line) { bytes in
      let text = escape(OneLine.of(readout.text, bytes: bytes))
      guard let color = readout.color else { return text + "\n" }
      return "%{F\(color.hex)}\(text)%{F-}\n"
    }
  }

  /// polybar has no escape for `%{`: a tag that does nothing between the two keeps them from being one.
  static func escape(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var escaped = ""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if scalar == "{" && previous == "%" { escaped += "%{O0}" }
      escaped.unicodeScalars.append(scalar)
      previous = scalar
    }
    return escaped
  }
}
