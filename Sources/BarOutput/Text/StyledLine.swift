/// A line for a fixed-width font, in pieces that hosts and terminals may style.
public struct StyledLine: Equatable, Sendable {
  /// How a piece is emphasized, where the host or terminal can.
  public enum Style: Equatable, Sendable {
    case plain
    case bold
    case dim
    case level(Level)
  }

  /// Text of one style.
  public struct Piece: Equatable, Sendable {
    public fileprivate(set) var text: String
    /// Differs from that of the neighbouring pieces.
    public let style: Style
  }

  /// In reading order; none is empty.
  public private(set) var pieces: [Piece] = []

  public init() {}

  public init(_ text: String, _ style: Style = .plain) {
    add(text, style)
  }

  /// Appends text, to the last piece if the style is the same.
  public mutating func add(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = pieces.indices.last, pieces[last].style == style {
      pieces[last].text += text
    } else {
      pieces.append(Piece(text: text, style: style))
    }
  }

  /// The line without its styles.
  public var text: String {
    pieces.reduce(into: "") { $0 += $1.text }
  }
}

/// How urgent a reading is.
public enum Level: String, CaseIterable, Sendable {
  case ok
  case warning
  case critical
  /// Work stops: a limit is used up and nothing can be used instead.
  case limited
  /// Nothing is used and no window is running.
  case idle
}
