/// A line for a fixed-width font, in pieces that hosts and terminals may style.
public struct StyledLine: Equatable, Sendable {
  public enum Style: Equatable, Sendable {
    case plain
    case bold
    case dim
    case level(Level)
  }

  public struct Piece: Equatable, Sendable {
    public fileprivate(set) var text: String
    public let style: Style
  }

  public private(set) var pieces: [Piece] = []

  public init() {}

  public init(_ text: String, _ style: Style = .plain) {
    add(text, style)
  }

  public mutating func add(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = pieces.indices.last, pieces[last].style == style {
      pieces[last].text += text
    } else {
      pieces.append(Piece(text: text, style: style))
    }
  }

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
