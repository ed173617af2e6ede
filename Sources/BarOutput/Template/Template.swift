/// A text with placeholders: `{percent}`, `{week.percent}`, `{countdown?}in {countdown}{/}`, `{{` for a brace.
public struct Template: Equatable, Sendable {
  /// The names of values, used alone or after a window's name and a dot.
  public static let names = [
    "percent", "used", "remaining", "allowance", "window", "countdown", "resets", "bar", "pace",
    "eta", "plan", "organization", "age", "state", "problem",
  ]

  /// The names of windows; `auto` is the one in the headline.
  public static let windows = [
    "auto", "5h", "week", "month", "core-5h", "core-week", "core-month", "standard", "premium",
  ]
  /// How deep conditions may be nested.
  static let maximumDepth = 8

  /// An error and its position in characters, from 1.
  public enum Failure: Error, Equatable, Sendable {
    case unknownName(String, at: Int)
    case unclosedBrace(at: Int)
    case unclosedPart(String, at: Int)
    case endWithoutPart(at: Int)
    case tooDeep(at: Int)

    /// A sentence without its period.
    public var sentence: String {
      switch self {
      case .unknownName(let name, let position):
        "unknown name '\(name)' at character \(position); valid names are \(Template.names.joined(separator: ", "))"
      case .unclosedBrace(let position): "'{' at character \(position) is not closed by '}'"
      case .unclosedPart(let name, let position):
        "'{\(name)?' at character \(position) is not closed by '{/}'"
      case .endWithoutPart(let position): "'{/}' at character \(position) closes nothing"
      case .tooDeep(let position):
        "condition at character \(position) is nested more than \(Template.maximumDepth) deep"
      }
    }
  }

  /// A value of a window; of the headline when `window` is nil.
  public struct Name: Equatable, Sendable {
    /// One of `Template.windows`.
    public let window: String?
    /// One of `Template.names`.
    public let value: String
  }

  indirect enum Part: Equatable, Sendable {
    case text(String)
    case value(Name)
    /// Shown only when the value exists.
    case conditional(Name, [Part])
  }

  let parts: [Part]

  public init(_ text: String) throws(Failure) {
    var parser = TemplateParser(text)
    parts = try parser.parse()
  }

  /// The text with its values. Missing values are empty.
  public func filled(_ value: (Name) -> String?) -> String {
    Self.filled(parts, value)
  }

  /// The same as Pango markup, with escaped values. Nil when the template has no tags, or invalid ones: then the whole
  /// text is escaped.
  func markup(_ value: (Name) -> String?) -> String? {
    guard hasTags(parts) else { return nil }
    let markup = Self.filled(parts) { value($0).map(Pango.escape) }
    return Pango.isValid(markup) ? markup : nil
  }

  private func hasTags(_ parts: [Part]) -> Bool {
    parts.contains { part in
      switch part {
      case .text(let text): text.utf8.contains(UInt8(ascii: "<"))
      case .value: false
      case .conditional(_, let inner): hasTags(inner)
      }
    }
  }

  private static func filled(_ parts: [Part], _ value: (Name) -> String?) -> String {
    var line = ""
    for part in parts {
      switch part {
      case .text(let text): line += text
      case .value(let name): line += value(name) ?? ""
      case .conditional(let name, let inner): line += value(name) == nil ? "" : filled(inner, value)
      }
    }
    return line
  }
}

/// Parses a template from left to right.
struct TemplateParser {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    characters = Array(text)
  }

  mutating func parse() throws(Template.Failure) -> [Template.Part] {
    let parts = try parts(inside: nil)
    guard position >= characters.count else { throw .endWithoutPart(at: position + 1) }
    return parts
  }

  /// A condition that was opened by `{name?`.
  private struct Opened {
    let name: String
    let at: Int
    let depth: Int
  }

  /// The parts up to the end of the template, or to the `{/}` of `opened`.
  private mutating func parts(inside opened: Opened?) throws(Template.Failure) -> [Template.Part] {
    var parts: [Template.Part] = []
    var text = ""
    // `{name?}in {name}{/}` and `{name?in }{name}{/}` both work.
    var mayCloseHead = opened != nil
    func flushed() -> [Template.Part] { text.isEmpty ? parts : parts + [.text(text)] }
    while position < characters.count {
      let start = position
      let character = characters[position]
      position += 1
      if character == "}" && mayCloseHead {
        mayCloseHead = false
        continue
      }
      guard character == "{" else {
        text.append(character)
        continue
      }
      if position < characters.count, characters[position] == "{" {
        position += 1
        text.append("{")
        continue
      }
      let (inner, isCondition) = try braces(openedAt: start)
      if inner == "/" && !isCondition {
        if opened == nil { position = start }
        return flushed()
      }
      parts = flushed()
      text = ""
      let name = try name(inner, at: start)
      if isCondition {
        let condition = Opened(name: inner, at: start + 1, depth: (opened?.depth ?? 0) + 1)
        guard condition.depth <= Template.maximumDepth else { throw .tooDeep(at: condition.at) }
        parts.append(.conditional(name, try self.parts(inside: condition)))
      } else {
        parts.append(.value(name))
      }
    }
    if let opened { throw .unclosedPart(opened.name, at: opened.at) }
    return flushed()
  }

  /// The text in braces, up to `}` or the `?` of a condition.
  private mutating func braces(
    openedAt start: Int
  ) throws(Template.Failure) -> (inner: String, isCondition: Bool) {
    var inner = ""
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "}" || character == "?" { return (inner, character == "?") }
      inner.append(character)
    }
    throw .unclosedBrace(at: start + 1)
  }

  private func name(_ text: String, at start: Int) throws(Template.Failure) -> Template.Name {
    let words = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      .map { String($0) }
    let value = words.last ?? ""
    let window = words.count == 2 ? words[0] : nil
    guard Template.names.contains(value), window.map({ Template.windows.contains($0) }) ?? true
    else {
      throw .unknownName(text, at: start + 1)
    }
    return Template.Name(window: window, value: value)
  }
}
