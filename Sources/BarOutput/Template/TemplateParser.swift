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

  /// Parts up to the end of the template, or up to the `{/}` of `opened`.
  private mutating func parts(
    inside opened: (name: String, at: Int)?
  ) throws(Template.Failure) -> [Template.Part] {
    var parts: [Template.Part] = []
    var text = ""
    func flushed() -> [Template.Part] { text.isEmpty ? parts : parts + [.text(text)] }
    while position < characters.count {
      let start = position
      let character = characters[position]
      position += 1
      guard character == "{" else {
        text.append(character)
        continue
      }
      if position < characters.count, characters[position] == "{" {
        position += 1
        text.append("{")
        continue
      }
      let inner = try braces(openedAt: start)
      if inner == "/" {
        guard opened != nil else {
          position = start
          return flushed()
        }
        return flushed()
      }
      parts = flushed()
      text = ""
      parts.append(try part(inner, at: start))
    }
    if let opened { throw .unclosedPart(opened.name, at: opened.at) }
    return flushed()
  }

  private mutating func braces(openedAt start: Int) throws(Template.Failure) -> String {
    var inner = ""
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "}" { return inner }
      inner.append(character)
    }
    throw .unclosedBrace(at: start + 1)
  }

  private mutating func part(_ inner: String, at start: Int) throws(Template.Failure)
    -> Template.Part
  {
    guard let question = inner.firstIndex(of: "?") else {
      return .value(try name(inner, at: start))
    }
    let spelled = String(inner[..<question])
    let condition = try name(spelled, at: start)
    let lead = inner[inner.index(after: question)...]
    let rest = try parts(inside: (spelled, start + 1))
    return .ifThere(condition, lead.isEmpty ? rest : [.text(String(lead))] + rest)
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
