import BarOutput
import UsageCore

/// Where text is inserted into waybar's configuration, and which text is removed.
enum WaybarLayout {
  static let name = "custom/droid"
  private static let begin = ">>> droidbar"
  private static let end = "<<< droidbar"
  private static let listMember = "\"modules-right\": [\"\(name)\"],"

  /// The module before a member: on lines of its own with the same indentation, or in the middle of a line.
  static func block(
    _ text: ConfigurationText, before anchor: BarJSON.Member, isNested: Bool,
    signal: Int, needsList: Bool
  ) -> (at: Int, text: String) {
    let module = WaybarHost.module(signal: signal).split(separator: "\n")
    guard let indent = text.indentation(before: anchor.start) else {
      let line = module.map { trimmed($0) }.joined(separator: " ")
      return (
        anchor.start, "/* \(begin) */ \(needsList ? listMember + " " : "")\(line), /* \(end) */ "
      )
    }
    let unit = unit(of: indent, isNested: isNested)
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
    if indent.utf8.contains(0x09) { return "\t" }
    let width = isNested ? max(indent.utf8.count / 2, 1) : indent.utf8.count
    return String(repeating: " ", count: width == 0 ? 2 : min(width, 8))
  }

  /// Our name before the first one of a list.
  static func mention(_ text: ConfigurationText, in list: BarJSON.Member)
    -> (at: Int, text: String)
  {
    guard let first = list.item.items?.first else {
      return (list.item.range.lowerBound + 1, "\"\(name)\"")
    }
    guard let indent = text.indentation(before: first.range.lowerBound) else {
      return (first.range.lowerBound, "\"\(name)\", ")
    }
    return (text.lineStart(before: first.range.lowerBound), "\(indent)\"\(name)\",\n")
  }

  // MARK: Removing

  /// The block of a module, if its comments are still around it; else the member alone.
  static func removal(of module: BarJSON.Member, _ text: ConfigurationText) -> Range<Int> {
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
  static func withComma(_ range: Range<Int>, _ text: ConfigurationText) -> Range<Int> {
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
