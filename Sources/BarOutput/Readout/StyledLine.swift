/// A line for a fixed-width font, in pieces that a host may set apart where it can.
public struct StyledLine: Equatable, Sendable {
  public enum Tone: Equatable, Sendable {
    case plain
    case strong
    /// Of less weight: what explains the rest.
    case dim
    case level(Level)
  }

  public struct Piece: Equatable, Sendable {
    public let text: String
    public let tone: Tone
  }

  public private(set) var pieces: [Piece] = []

  public init() {}

  public init(_ text: String, _ tone: Tone = .plain) {
    add(text, tone)
  }

  public mutating func add(_ text: String, _ tone: Tone = .plain) {
    if !text.isEmpty { pieces.append(Piece(text: text, tone: tone)) }
  }

  public var text: String {
    pieces.count == 1 ? pieces[0].text : pieces.reduce(into: "") { $0 += $1.text }
  }
}
