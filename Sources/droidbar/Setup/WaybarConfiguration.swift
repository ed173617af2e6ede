import UsageCore

/// `~/.config/waybar/config`, JSON with comments: our module first in the bar's object, its name first in a list.
enum WaybarConfiguration: BarConfiguration {
  private static let begin = "\n  /* >>> droidbar */\n"
  private static let end = "  /* <<< droidbar */"
  private static let alone = #"/* droidbar */ "custom/droid""#
  private static let lists = ["modules-right", "modules-center", "modules-left"]

  static func paths(configHome: String, home: String) -> [String] {
    ["config", "config.jsonc"].map { "\(configHome)/waybar/\($0)" } + ["\(home)/waybar/config"]
  }

  static func isSetUp(_ text: String) -> Bool {
    text.contains(begin)
  }

  static func adding(to text: String) throws(SetupRefusal) -> String {
    guard let before = JSONValue(commented: text.utf8) else {
      throw .unknownLayout(why: "it cannot be parsed")
    }
    if case .array = before {
      throw .unknownLayout(why: "it holds a list of bars: which one is meant?")
    }
    guard let members = before.members else { throw .unknownLayout(why: "it holds no bar") }
    if members["include"] != nil { throw .unknownLayout(why: "it includes other files") }
    if members["custom/droid"] != nil { throw .alreadyThere(what: "a module custom/droid") }
    guard let list = lists.first(where: { members[$0] != nil }),
      case .array(let names)? = members[list]
    else {
      throw .unknownLayout(why: "its bar has no modules list")
    }
    let scanner = CommentedJSON(text)
    guard let brace = scanner.objectStart, let bracket = scanner.start(ofListNamed: list),
      brace < bracket
    else {
      throw .unknownLayout(why: "its modules list cannot be found")
    }
    let module = SnippetCommand.waybarModule.split(separator: "\n").map { "  \($0)\n" }.joined()
    let added = scanner.inserting([
      (brace, begin + module.dropLast() + ",\n" + end),
      (bracket, names.isEmpty ? alone : alone + ", "),
    ])
    guard JSONValue(commented: added.utf8) == expected(before, list: list, names: names) else {
      throw .unknownLayout(why: "the result could not be parsed")
    }
    return added
  }

  static func removing(from text: String) -> String {
    guard let first = text.firstRange(of: begin),
      let last = text[first.upperBound...].firstRange(of: end)
    else {
      return text
    }
    let bare = String(text[..<first.lowerBound]) + text[last.upperBound...]
    for name in [alone + ", ", alone] {
      if let range = bare.firstRange(of: name) { return bare.replacingCharacters(in: range) }
    }
    return bare
  }

  private static func expected(_ before: JSONValue, list: String, names: [JSONValue]) -> JSONValue {
    var after = before
    after["custom/droid"] =
      JSONValue(commented: "{\(SnippetCommand.waybarModule)}".utf8)?["custom/droid"]
    after[list] = .array([.string("custom/droid")] + names)
    return after
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>) -> String {
    String(self[..<range.lowerBound]) + self[range.upperBound...]
  }
}
