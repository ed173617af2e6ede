import BarOutput
import UsageCore

/// `~/.config/polybar/config.ini`: our module at the end, its name at the end of a modules list of the one bar.
enum PolybarConfiguration: BarConfiguration {
  private static let block = MarkedBlock(comment: ";", content: PolybarHost.module)
  private static let lists = ["modules-right", "modules-center", "modules-left"]
  private static let name = " droid"

  static func paths(configHome: String, home: String) -> [String] {
    ["\(configHome)/polybar/config.ini", "\(configHome)/polybar/config"]
  }

  static func isSetUp(_ text: String) -> Bool {
    block.isIn(text)
  }

  static func adding(to text: String) throws(SetupRefusal) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let bars = lines.filter { $0.hasPrefix("[bar/") }
    guard bars.count == 1 else {
      throw .unknownLayout(why: "it has \(bars.count) bars: which one is meant?")
    }
    if lines.contains(where: { key($0)?.hasPrefix("include-") == true }) {
      throw .unknownLayout(why: "it includes other files")
    }
    if lines.contains("[module/droid]") { throw .alreadyThere(what: "a [module/droid]") }
    guard let list = list(in: lines), !lines[list].hasOccurrence(of: "${") else {
      throw .unknownLayout(why: "its bar has no modules list of its own")
    }
    lines[list] += name
    return block.appended(to: lines.joined(separator: "\n"))
  }

  static func removing(from text: String) -> String {
    guard block.isIn(text) else { return text }
    var lines = block.removed(from: text).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    if let list = list(in: lines), lines[list].hasSuffix(name) {
      lines[list].removeLast(name.count)
    }
    return lines.joined(separator: "\n")
  }

  /// The first list of the bar that there is, right before centre before left.
  private static func list(in lines: [String]) -> Int? {
    guard let bar = lines.firstIndex(where: { $0.hasPrefix("[bar/") }) else { return nil }
    let end = lines[(bar + 1)...].firstIndex { $0.hasPrefix("[") } ?? lines.count
    return lists.lazy.compactMap { wanted in lines[bar..<end].firstIndex { key($0) == wanted } }
      .first
  }

  private static func key(_ line: String) -> String? {
    guard let equals = line.firstIndex(of: "="), !line.hasPrefix(";"), !line.hasPrefix("#") else {
      return nil
    }
    return String(line[..<equals].filter { !$0.isWhitespace })
  }
}
