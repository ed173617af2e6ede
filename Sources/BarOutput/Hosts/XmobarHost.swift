/// xmobar, https://codeberg.org/xmobar/xmobar/src/branch/master/doc/quick-start.org
///
/// Its own tags open with `<`: text that has one goes into a raw tag, whose length counts characters.
enum XmobarHost {
  static func spelled(_ readout: Readout) -> String {
    HostLimit.fit(HostLimit.line) { bytes in
      let text = escape(OneLine.of(readout.text, bytes: bytes))
      guard let color = readout.color else { return text + "\n" }
      return "<fc=\(color.hex)>\(text)</fc>\n"
    }
  }

  static func escape(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
    return "<raw=\(text.unicodeScalars.count):\(text)/>"
  }
}
