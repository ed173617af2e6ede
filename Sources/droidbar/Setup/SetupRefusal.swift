import UsageCore

/// Why a configuration is left as it is. A sentence without its full stop.
enum SetupRefusal: Error, Equatable {
  case noFile(looked: [String])
  case unreadable(sentence: String)
  case alreadyThere(what: String)
  case unknownLayout(why: String)
  case notForHost(String)

  var sentence: String {
    switch self {
    case .noFile(let looked): "there is no configuration at \(looked.joined(separator: " or "))"
    case .unreadable(let sentence): sentence
    case .alreadyThere(let what): "it already has \(what) that is not from 'droidbar setup'"
    case .unknownLayout(let why): why
    case .notForHost(let host): "'setup' does not know the configuration of \(host)"
    }
  }
}

/// A host's own configuration as text: ours is put in between marks, and taken out again to the byte.
protocol BarConfiguration {
  /// Where the host looks, first to last.
  static func paths(configHome: String, home: String) -> [String]
  static func isSetUp(_ text: String) -> Bool
  static func adding(to text: String) throws(SetupRefusal) -> String
  static func removing(from text: String) -> String
}

extension BarConfiguration {
  /// Ours may be there from an older version: out with that, in with this.
  static func settingUp(_ text: String) throws(SetupRefusal) -> String {
    let bare = removing(from: text)
    let added = try adding(to: bare)
    guard removing(from: added) == bare, isSetUp(added) else {
      throw .unknownLayout(why: "what would be written could not be taken out again")
    }
    return added
  }
}

/// A marked block of whole lines at the end of a file.
struct MarkedBlock {
  let comment: String
  let content: String

  private var begin: String { "\(comment) >>> droidbar" }
  private var joined: String { "\(begin), joined" }
  private var end: String { "\(comment) <<< droidbar\n" }

  func isIn(_ text: String) -> Bool {
    text.hasOccurrence(of: begin)
  }

  /// A file whose last line is not ended gets its line break with us, and loses it with us.
  func appended(to text: String) -> String {
    let isOpen = !text.isEmpty && !text.hasSuffix("\n")
    return text + (isOpen ? "\n\(joined)" : begin) + "\n" + content + end
  }

  func removed(from text: String) -> String {
    guard let first = text.firstOccurrence(of: begin),
      let last = text[first.upperBound...].firstOccurrence(of: end)
    else {
      return text
    }
    var start = first.lowerBound
    if text[start...].hasPrefix(joined), start > text.startIndex {
      start = text.index(before: start)
    }
    return String(text[..<start]) + text[last.upperBound...]
  }
}
