import BarOutput
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
    text.hasOccurrence(of: begin)
  }

  static func adding(to text: String) throws(SetupRefusal) -> String {
    guard let before = JSONValue(commented: Array(text.utf8)) else {
      throw .unknownLayout(why: "it cannot be parsed")
    }
    if case .array = before {
      throw .unknownLayout(why: "it holds a list of bars: which one is meant?")
    }
    guard before.isObject else { throw .unknownLayout(why: "it holds no bar") }
    if before["include"] != nil { throw .unknownLayout(why: "it includes other files") }
    if before["custom/droid"] != nil { throw .alreadyThere(what: "a module custom/droid") }
    guard let list = lists.first(where: { before[$0] != nil }),
      case .array(let names)? = before[list]
    else {
      throw .unknownLayout(why: "its bar has no modules list")
    }
    let scanner = CommentedJSON(text)
    guard let brace = scanner.objectStart, let bracket = scanner.start(ofListNamed: list),
      brace < bracket
    else {
      throw .unknownLayout(why: "its modules list cannot be found")
    }
    let module = WaybarHost.module.split(separator: "\n").map { "  \($0)\n" }.joined()
    let added = scanner.inserting([
      (brace, begin + module.dropLast() + ",\n" + end),
      (bracket, names.isEmpty ? alone : alone + ", "),
    ])
    guard JSONValue(commented: Array(added.utf8)) == expected(before, list: list, names: names)
    else {
      throw .unknownLayout(why: "the result could not be parsed")
    }
    return added
  }

  static func removing(from text: String) -> String {
    guard let first = text.firstOccurrence(of: begin),
      let last = text[first.upperBound...].firstOccurrence(of: end)
    else {
      return text
    }
    let bare = String(text[..<first.lowerBound]) + text[last.upperBound...]
    for name in [alone + ", ", alone] {
      if let range = bare.firstOccurrence(of: name) { return bare.replacingCharacters(in: range) }
    }
    return bare
  }

  private static func expected(_ before: JSONValue, list: String, names: [JSONValue]) -> JSONValue {
    let module = JSONValue(commented: Array("{\(WaybarHost.module)}".utf8))?["custom/droid"]
    var members = before.members ?? []
    members.insert(.init(name: "custom/droid", value: module ?? .null), at: 0)
    return JSONValue.object(members)
      .setting(list, to: .array([.string("custom/droid")] + names))
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>) -> String {
    String(self[..<range.lowerBound]) + self[range.upperBound...]
  }
}
