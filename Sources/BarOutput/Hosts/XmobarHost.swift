/// xmobar. https://codeberg.org/xmobar/xmobar/src/branch/master/doc/quick-start.org
///
/// Tried with 0.46.
enum XmobarHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        -- In ~/.config/xmobar/xmobarrc, with %droid% in its template:
        commands = [ Run CommandReader "exec droidbar xmobar --watch" "droid" ]

        """
      },
      render: { readout, _ in
        TaggedLine.render(readout, escape: escape) { ("<fc=\($0.hex)>", "</fc>") }
      })
  }

  /// Text with a `<`, which starts tags, goes into a raw tag with its length in characters.
  static func escape(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
    return "<raw=\(text.unicodeScalars.count):\(text)/>"
  }
}
