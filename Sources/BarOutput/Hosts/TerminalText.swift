/// The lines of a tooltip for a terminal. https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
public enum TerminalText {
  /// - Parameter width: in columns; nil for a file or a pipe, whose lines may be as long as they are.
  public static func spelled(_ lines: [StyledLine], width: Int?, isColored: Bool) -> String {
    lines.reduce(into: "") { text, line in
      text += spelled(line, width: width, isColored: isColored) + "\n"
    }
  }

  private static func spelled(_ line: StyledLine, width: Int?, isColored: Bool) -> String {
    var left = width ?? .max
    var text = ""
    for piece in line.pieces where left > 0 {
      let shown = cut(OneLine.withoutControl(piece.text), columns: left)
      left -= shown.count
      text += isColored ? colored(shown, piece.tone) : shown
    }
    return text
  }

  private static func cut(_ text: String, columns: Int) -> String {
    text.count <= columns ? text : text.prefix(max(0, columns - 1)) + "…"
  }

  private static func colored(_ text: String, _ tone: StyledLine.Tone) -> String {
    guard let code = code(tone) else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }

  private static func code(_ tone: StyledLine.Tone) -> String? {
    switch tone {
    case .plain: nil
    case .strong: "1"
    case .dim, .level(.idle): "2"
    case .level(.ok): "32"
    case .level(.warning): "33"
    case .level(.critical), .level(.limited): "31"
    }
  }
}
