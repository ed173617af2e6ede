import BarOutput
import UsageCore

/// `~/.config/waybar/config`: the module before the modules list of a bar, and its name at the inner end of that list.
enum WaybarConfiguration: BarConfiguration {
  private static let name = "custom/droid"
  private static let begin = ">>> droidbar"
  private static let end = "<<< droidbar"
  private static let listMember = "\"modules-right\": [\"\(name)\"],"
  private static let lists = ["modules-right", "modules-center", "modules-left"]

  static func paths(configHome: String, home: String) -> [String] {
    ["\(configHome)/waybar/config", "\(configHome)/waybar/config.jsonc", "\(home)/waybar/config"]
  }

  static let systemPaths = ["/etc/xdg/waybar/config.jsonc", "/etc/xdg/waybar/config"]

  static func includes(in text: ConfigurationText) -> [String] {
    guard let root = try? BarJSON.parse(text) else { return [] }
    return bars(root).compactMap { $0.value.member("include")?.item }
      .flatMap { include in (include.value.items ?? [include]).compactMap { $0.value.string } }
  }

  static func parts(of text: ConfigurationText) -> (hasModule: Bool, isListed: Bool) {
    guard let root = try? BarJSON.parse(text) else { return (false, false) }
    return (!modules(in: root).isEmpty, !mentions(in: root).isEmpty)
  }

  static func invalidLine(in text: ConfigurationText) -> Int? {
    do throws(BarJSON.Invalid) {
      _ = try BarJSON.parse(text)
      return nil
    } catch {
      return text.line(at: error.position)
    }
  }

  static func adding(to text: ConfigurationText, bar wanted: String?) throws(SetupRefusal)
    -> SetupEdit
  {
    guard let root = try? BarJSON.parse(text) else {
      throw .invalid(line: invalidLine(in: text) ?? 1, expected: "valid JSON")
    }
    if let foreign = bars(root).compactMap({ $0.value.member(name) }).first(where: { !isOurs($0) })
    {
      throw .foreignModule(name: "\"\(name)\"", line: text.line(at: foreign.start))
    }
    let bar = try bar(in: root, named: wanted)
    var pieces: [(at: Int, text: String)] = []
    let members = lists.compactMap { bar.value.member($0) }
    if let member = members.first(where: { $0.item.value.items == nil }) {
      let line = text.line(at: member.start)
      throw .invalid(line: line, expected: "\(member.name) to be a modules list, such as []")
    }
    let list = members.first
    let anchor = list ?? bar.value.members.first
    let hasModule = bars(root).contains { $0.value.member(name) != nil }
    if !hasModule, let anchor {
      pieces.append(block(text, before: anchor, in: bar, root, needsList: list == nil))
    }
    if let list, mentions(in: bar).isEmpty {
      pieces.append(mention(text, in: list))
    }
    let result = text.inserting(pieces)
    return SetupEdit(text: result, note: note(bar, of: root))
  }

  static func removing(from text: ConfigurationText) -> ConfigurationText {
    guard let root = try? BarJSON.parse(text) else { return text }
    var ranges: [Range<Int>] = []
    for module in modules(in: root) { ranges.append(removal(of: module, text)) }
    for item in mentions(in: root) { ranges.append(withComma(item.range, text)) }
    return text.removing(ranges)
  }

  // MARK: Reading

  /// The bars: the root, or the items of its array.
  private static func bars(_ root: BarJSON.Item) -> [BarJSON.Item] {
    root.value.items ?? [root]
  }

  private static func isOurs(_ member: BarJSON.Member) -> Bool {
    member.item.value.members.contains {
      $0.item.value.string?.hasOccurrence(of: "droidbar") ?? false
    }
  }

  private static func modules(in root: BarJSON.Item) -> [BarJSON.Member] {
    bars(root).flatMap { $0.value.members.filter { $0.name == name && isOurs($0) } }
  }

  /// Our name in every list of modules, also in those of groups.
  private static func mentions(in item: BarJSON.Item) -> [BarJSON.Item] {
    switch item.value {
    case .array(let items): items.flatMap { mentions(in: $0) }
    case .object(let members):
      members.flatMap { member -> [BarJSON.Item] in
        guard member.name.hasPrefix("modules"), let items = member.item.value.items else {
          return mentions(in: member.item)
        }
        return items.filter { $0.value.string == name }
      }
    case .string, .other: []
    }
  }

  private static func title(_ bar: BarJSON.Item, _ number: Int) -> String {
    bar.value.member("name")?.item.value.string ?? bar.value.member("output")?.item.value.string
      ?? "\(number)"
  }

  /// The bar of a name, output or number, else the first one with a modules list.
  private static func bar(in root: BarJSON.Item, named wanted: String?) throws(SetupRefusal)
    -> BarJSON.Item
  {
    let bars = bars(root)
    if let wanted {
      for (index, bar) in bars.enumerated()
      where title(bar, index + 1) == wanted || "\(index + 1)" == wanted {
        return bar
      }
      let known = bars.enumerated().map { title($0.element, $0.offset + 1) }
      throw .noBar(named: wanted, known: known)
    }
    let hasList = { (bar: BarJSON.Item) in
      lists.contains { bar.value.member($0)?.item.value.items != nil }
    }
    if let bar = bars.first(where: hasList) { return bar }
    if bars.contains(where: { $0.value.member("include") != nil }) {
      throw .noList(
        what:
          "it has no modules list, and neither do the files that it includes: name the file with --file PATH"
      )
    }
    throw .noList(what: "none of its bars has a modules list: add \"modules-right\": [] to one")
  }

  private static func note(_ bar: BarJSON.Item, of root: BarJSON.Item) -> String? {
    let bars = bars(root)
    guard bars.count > 1, let index = bars.firstIndex(where: { $0.range == bar.range }) else {
      return nil
    }
    return "Used bar '\(title(bar, index + 1))' of \(bars.count); --bar NAME chooses another."
  }

  private static func usedSignals(_ item: BarJSON.Item) -> [Int] {
    switch item.value {
    case .array(let items): items.flatMap { usedSignals($0) }
    case .object(let members):
      members.flatMap { member -> [Int] in
        if member.name == "signal", case .other(let text) = member.item.value {
          return Int(text).map { [$0] } ?? []
        }
        return usedSignals(member.item)
      }
    case .string, .other: []
    }
  }

  // MARK: Writing

  /// The module before a member: on lines of its own with the same indentation, or in the middle of a line.
  private static func block(
    _ text: ConfigurationText, before anchor: BarJSON.Member, in bar: BarJSON.Item,
    _ root: BarJSON.Item, needsList: Bool
  ) -> (at: Int, text: String) {
    let signal = ConfigurationText.freeSignal(usedSignals(root))
    let module = WaybarHost.module(signal: signal).split(separator: "\n")
    guard let indent = text.indentation(before: anchor.start) else {
      let line = module.map { trimmed($0) }.joined(separator: " ")
      return (
        anchor.start, "/* \(begin) */ \(needsList ? listMember + " " : "")\(line), /* \(end) */ "
      )
    }
    let unit =
      indent.utf8.contains(0x09) ? "\t" : unit(of: indent, isNested: root.value.items != nil)
    let lines = module.map { line in
      indent + String(repeating: unit, count: line.prefix { $0 == " " }.count / 2) + trimmed(line)
    }
    let list = needsList ? indent + listMember + "\n" : ""
    return (
      text.lineStart(before: anchor.start),
      "\(indent)// \(begin)\n\(list)\(lines.joined(separator: "\n")),\n\(indent)// \(end)\n"
    )
  }

  private static func trimmed(_ line: Substring) -> Substring { line.drop { $0 == " " } }

  /// One level of indentation.
  private static func unit(of indent: String, isNested: Bool) -> String {
    let width = isNested ? max(indent.utf8.count / 2, 1) : indent.utf8.count
    return String(repeating: " ", count: width == 0 ? 2 : min(width, 8))
  }

  /// Our name before the first one of a list.
  private static func mention(_ text: ConfigurationText, in list: BarJSON.Member)
    -> (at: Int, text: String)
  {
    guard let first = list.item.value.items?.first else {
      return (list.item.range.lowerBound + 1, "\"\(name)\"")
    }
    guard let indent = text.indentation(before: first.range.lowerBound) else {
      return (first.range.lowerBound, "\"\(name)\", ")
    }
    return (text.lineStart(before: first.range.lowerBound), "\(indent)\"\(name)\",\n")
  }

  // MARK: Removing

  /// The block of a module, if its comments are still around it; else the member alone.
  private static func removal(of module: BarJSON.Member, _ text: ConfigurationText) -> Range<Int> {
    let member = withComma(module.start..<module.item.range.upperBound, text)
    for list in ["", listMember + " "] {
      let before = Array("/* \(begin) */ \(list)".utf8)
      let after = Array("/* \(end) */ ".utf8)
      let start = module.start - before.count
      if start >= 0, text.bytes[start...].starts(with: before),
        text.bytes[member.upperBound...].starts(with: after)
      {
        return start..<member.upperBound + after.count
      }
    }
    var first = previousLine(member.lowerBound, text)
    if text.trimmed(first) == listMember { first = previousLine(first.lowerBound, text) }
    let last = member.upperBound..<text.lineEnd(after: member.upperBound)
    guard text.trimmed(first) == "// " + begin, text.trimmed(last) == "// " + end else {
      return member
    }
    return first.lowerBound..<last.upperBound
  }

  private static func previousLine(_ position: Int, _ text: ConfigurationText) -> Range<Int> {
    let start = text.lineStart(before: position)
    return start > 0 ? text.lineStart(before: start - 1)..<start : 0..<0
  }

  /// The range with the comma after it and the space up to the next item; with the whole line, if nothing else is on
  /// it; for the last item, with the comma before it.
  private static func withComma(_ range: Range<Int>, _ text: ConfigurationText) -> Range<Int> {
    let bytes = text.bytes
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var end = range.upperBound
    while end < bytes.count, isBlank(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: ",") {
      end += 1
      let lineEnd = text.lineEnd(after: end)
      let restIsBlank = text.trimmed(end..<lineEnd).isEmpty
      if restIsBlank, let indent = text.indentation(before: range.lowerBound) {
        return (range.lowerBound - indent.utf8.count)..<lineEnd
      }
      if !restIsBlank { while end < bytes.count, isBlank(bytes[end]) { end += 1 } }
      return range.lowerBound..<end
    }
    // The last item: the comma before it goes too.
    var start = range.lowerBound
    while start > 0,
      isBlank(bytes[start - 1]) || bytes[start - 1] == 0x0a || bytes[start - 1] == 0x0d
    {
      start -= 1
    }
    if start > 0, bytes[start - 1] == UInt8(ascii: ",") { return (start - 1)..<range.upperBound }
    return range
  }
}
