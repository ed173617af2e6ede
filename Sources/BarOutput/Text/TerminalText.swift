/// Renders lines for a terminal.
/// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
public enum TerminalText {
  /// Wraps lines at `width` columns; nil for a file or a pipe.
  public static func render(_ lines: [StyledLine], width: Int?, isColored: Bool) -> String {
    lines.reduce(into: "") { text, line in
      for part in wrapped(line, width: width ?? .max) {
        for piece in part.pieces {
          text += isColored ? colored(piece.text, piece.style) : piece.text
        }
        text += "\n"
      }
    }
  }

  /// Breaks a line at spaces. Continuation lines are indented by two columns more.
  private static func wrapped(_ line: StyledLine, width: Int) -> [StyledLine] {
    let indent = String(repeating: " ", count: line.text.prefix { $0 == " " }.count + 2)
    var lines = [StyledLine()]
    var column = 0
    for piece in line.pieces {
      for word in words(Format.withoutControlCharacters(piece.text)) {
        let length = word.count
        let isFirst = column == 0 || lines[lines.count - 1].text == indent
        if column + length > width, !isFirst {
          let text = String(word.drop { $0 == " " })
          if text.isEmpty { continue }
          var next = StyledLine(indent)
          next.add(text, piece.style)
          lines.append(next)
          column = indent.count + text.count
        } else {
          lines[lines.count - 1].add(word, piece.style)
          column += length
        }
      }
    }
    return lines
  }

  /// Words with the spaces before them.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character == " ", word.contains(where: { $0 != " " }) {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    return words + [word]
  }

  private static func colored(_ text: String, _ style: StyledLine.Style) -> String {
    let code =
      switch style {
      case .plain: ""
      case .bold: "1"
      case .dim, .level(.idle): "2"
      case .level(.ok): "32"
      case .level(.warning): "33"
      case .level(.critical), .level(.limited): "31"
      }
    return code.isEmpty ? text : "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }
}
