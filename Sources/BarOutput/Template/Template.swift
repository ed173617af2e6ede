/// A line with places to fill: `{percent}`, `{week.percent}`, `{countdown?}in {countdown}{/}`, `{{` for a brace.
public struct Template: Equatable, Sendable {
  /// What may stand in braces, alone or behind a window's name and a dot.
  public static let names = [
    "percent", "used", "remaining", "allowance", "window", "countdown", "resets", "bar", "pace",
    "eta", "plan",
    "organization", "age", "state", "problem",
  ]

  /// What is wrong with a template, and at which character, counted from 1.
  public enum Failure: Error, Equatable, Sendable {
    case unknownName(String, at: Int)
    case unclosedBrace(at: Int)
    case unclosedPart(String, at: Int)
    case endWithoutPart(at: Int)

    /// A sentence without its full stop.
    public var sentence: String {
      switch self {
      case .unknownName(let name, let position): "unknown name '\(name)' at character \(position)"
      case .unclosedBrace(let position): "'{' at character \(position) has no '}'"
      case .unclosedPart(let name, let position):
        "'{\(name)?' at character \(position) has no '{/}'"
      case .endWithoutPart(let position): "'{/}' at character \(position) ends nothing"
      }
    }
  }

  /// The name of a value: of a window, or of the headline when `window` is nil.
  public struct Name: Equatable, Sendable {
    public let window: String?
    public let value: String
  }

  indirect enum Part: Equatable, Sendable {
    case text(String)
    case value(Name)
    case ifThere(Name, [Part])
  }

  let parts: [Part]

  public init(_ text: String) throws(Failure) {
    var parser = TemplateParser(text)
    parts = try parser.parse()
  }

  /// The line with its places filled; a value that is not there leaves nothing.
  public func filled(_ value: (Name) -> String?) -> String {
    Self.filled(parts, value)
  }

  /// The same as Pango markup: the person's own tags count, values are escaped. Nil when there are no tags, or none
  /// that Pango would read: then the line is shown as it is written.
  func markup(_ value: (Name) -> String?) -> String? {
    guard hasTags(parts) else { return nil }
    let markup = Self.filled(parts) { value($0).map(Pango.escape) }
    return PangoMarkup.isWellFormed(markup) ? markup : nil
  }

  private func hasTags(_ parts: [Part]) -> Bool {
    parts.contains { part in
      switch part {
      case .text(let text): text.utf8.contains(UInt8(ascii: "<"))
      case .value: false
      case .ifThere(_, let inner): hasTags(inner)
      }
    }
  }

  private static func filled(_ parts: [Part], _ value: (Name) -> String?) -> String {
    var line = ""
    for part in parts {
      switch part {
      case .text(let text): line += text
      case .value(let name): line += value(name) ?? ""
      case .ifThere(let name, let inner): line += value(name) == nil ? "" : filled(inner, value)
      }
    }
    return line
  }
}
