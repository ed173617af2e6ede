/// waybar's custom module with `"return-type": "json"`: one object on one line.
/// https://github.com/Alexays/Waybar/wiki/Module:-Custom
///
/// Text and tooltip are Pango markup. `percentage` is a whole number: waybar 0.9.17 takes no other.
enum WaybarHost {
  static func spelled(_ readout: Readout) -> String {
    var lines = readout.tooltip
    while true {
      let spelled = HostLimit.fit(HostLimit.waybar) { line(readout, tooltip: lines, textBytes: $0) }
      if spelled.utf8.count < HostLimit.waybar || lines.isEmpty { return spelled }
      lines.removeLast()
    }
  }

  private static func line(_ readout: Readout, tooltip: [StyledLine], textBytes: Int) -> String {
    var object = JSONText()
    object.add("text", Pango.line(readout.text, markup: readout.markup.text, bytes: textBytes))
    object.add("alt", readout.state.word)
    object.add("tooltip", markup(tooltip, readout))
    object.add("class", readout.classes)
    if let percentage = readout.percentage { object.add("percentage", Int64(percentage)) }
    return object.closed + "\n"
  }

  /// The columns need a font of one width.
  private static func markup(_ lines: [StyledLine], _ readout: Readout) -> String {
    guard !lines.isEmpty else { return "" }
    if let own = readout.markup.tooltip, own.utf8.count < 2000 { return "<tt>" + own + "</tt>" }
    var markup = "<tt>"
    for (number, line) in lines.enumerated() {
      if number > 0 { markup += "\n" }
      for piece in line.pieces {
        let text = Pango.escape(OneLine.of(piece.text, bytes: 400))
        markup += Pango.span(text, piece.tone, readout.colors)
      }
    }
    return markup + "</tt>"
  }
}
