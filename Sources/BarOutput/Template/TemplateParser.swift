/// Reads a template from left to right.
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

  /// A part that was opened by `{name?`.
  private struct Opened {
    let name: String
    let at: Int
  }

  /// Parts up to the end of the template, or up to the `{/}` of `opened`.
  private mutating func parts(inside opened: Opened?) throws(Template.Failure) -> [Template.Part] {
    var parts: [Template.Part] = []
    var text = ""
    // `{name?` may be closed at once or behind its first words: `{name?}in {name}{/}`, `{name?in }{name}{/}`.
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
      parts.append(
        isCondition
          ? .ifThere(name, try self.parts(inside: Opened(name: inner, at: start + 1)))
          : .value(name))
    }
    if let opened { throw .unclosedPart(opened.name, at: opened.at) }
    return flushed()
  }

  /// What stands in braces, up to `}` or to the `?` of a condition.
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

  private func name(_ spelled: String, at start: Int) throws(Template.Failure) -> Template.Name {
    let words = spelled.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let value = words.last ?? ""
    let window = words.count == 2 ? words[0] : nil
    guard Template.names.contains(value), window.map(Presentation.windows.contains) ?? true else {
      throw .unknownName(spelled, at: start + 1)
    }
    return Template.Name(window: window, value: value)
  }
}
