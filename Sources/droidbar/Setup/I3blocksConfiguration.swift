import BarOutput

/// `~/.config/i3blocks/config`: sections of `key=value` lines. Ours is a block at the end.
enum I3blocksConfiguration: BarConfiguration {
  private static let block = MarkedBlock(comment: "#", content: I3blocksHost.block)

  static func paths(configHome: String, home: String) -> [String] {
    ["\(configHome)/i3blocks/config", "\(home)/.i3blocks.conf"]
  }

  static func isSetUp(_ text: String) -> Bool {
    block.isIn(text)
  }

  static func adding(to text: String) throws(SetupRefusal) -> String {
    for line in text.split(separator: "\n") {
      if line == "[droid]" { throw .alreadyThere(what: "a block [droid]") }
      let isKnown =
        line.hasPrefix("#") || line.hasPrefix("[") || line.contains("=")
        || line.allSatisfy { $0.isWhitespace }
      guard isKnown else {
        throw .unknownLayout(why: "the line '\(line)' is none that i3blocks knows")
      }
    }
    return block.appended(to: text)
  }

  static func removing(from text: String) -> String {
    block.removed(from: text)
  }
}
