/// polybar, a custom/script module. https://github.com/polybar/polybar/wiki/Formatting
///
/// Left click: next limit. Middle click: refresh. Right click: usage page. Scroll: previous and next limit.
/// Tried with 3.6.3.
///
/// Prints one line with formatting tags.
public enum PolybarHost {
  /// The module's section, without the comment of the snippet.
  public static let module = """
    [module/droid]
    type = custom/script
    exec = exec droidbar polybar --watch
    tail = true
    interval = 5
    click-left = BLOCK_BUTTON=1 droidbar polybar >/dev/null
    click-middle = kill -USR1 %pid%
    click-right = droidbar open
    scroll-up = BLOCK_BUTTON=4 droidbar polybar >/dev/null
    scroll-down = BLOCK_BUTTON=5 droidbar polybar >/dev/null

    """

  static var format: HostFormat {
    HostFormat(
      snippet: {
        "; In ~/.config/polybar/config.ini, with \"droid\" in one of the bar's modules lists:\n"
          + module
      },
      render: { readout, _ in
        TaggedLine.render(readout, escape: escape) { ("%{F\($0.hex)}", "%{F-}") }
      })
  }

  /// polybar has no escape for `%{`. A tag without effect between the two characters keeps them apart.
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
