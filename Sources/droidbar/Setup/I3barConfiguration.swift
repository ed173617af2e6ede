import BarOutput
import UsageCore

/// The configuration of sway or i3: the status command of a `bar` block that has none.
enum I3barConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .i3bar, reload: { _, _ in "swaymsg reload, or i3-msg restart" },
      paths: { search in
        [
          "\(search.configHome)/sway/config", "\(search.home)/.sway/config",
          "\(search.configHome)/i3/config", "\(search.home)/.i3/config",
        ]
      },
      systemPaths: ["/etc/sway/config", "/etc/i3/config"],
      hasModule: { bars(in: $0.main).contains { $0.isOurs } }, add: add, remove: remove)
  }

  private static let block = MarkedBlock(comment: "#")
  private static let command = "status_command exec droidbar i3bar --watch"

  /// A `bar` block. i3bar shows the output of a single command.
  private struct Bar {
    var name: String
    /// The line that starts it.
    let start: Range<Int>
    var status: (line: Range<Int>, value: String)?
    /// Another program draws it.
    var isForeign = false

    var isOurs: Bool { status?.value.hasOccurrence(of: "droidbar i3bar") ?? false }
  }

  private static func bars(in text: ConfigurationText) -> [Bar] {
    var bars: [Bar] = []
    var depth = 0
    for line in text.lines {
      let content = text.trimmed(line)
      if content.isEmpty || content.hasPrefix("#") { continue }
      let words = content.split(whereSeparator: { $0 == " " || $0 == "\t" })
      if depth == 0 {
        guard words.first == "bar", content.hasSuffix("{") else { continue }
        let name = words.count > 2 ? String(words[1]) : "bar-\(bars.count)"
        bars.append(Bar(name: name, start: line))
        depth = 1
        continue
      }
      if depth == 1, words.count > 1 {
        let value = String(content.dropFirst(words[0].count).drop { $0 == " " || $0 == "\t" })
        switch words[0] {
        case "id": bars[bars.count - 1].name = value
        case "status_command": bars[bars.count - 1].status = (line, value)
        case "swaybar_command", "i3bar_command": bars[bars.count - 1].isForeign = true
        default: break
        }
      }
      if content.hasSuffix("{") { depth += 1 }
      if content == "}" { depth -= 1 }
    }
    return bars
  }

  private static func add(to files: inout ConfigurationFiles, bar wanted: String?)
    throws(SetupError)
  {
    let text = files.main
    if wanted == nil, bars(in: text).contains(where: { $0.isOurs }) { return }
    let bars = bars(in: text).filter { !$0.isForeign }
    if let wanted, !bars.contains(where: { $0.name == wanted }) {
      throw .noBar(named: wanted, known: bars.map { $0.name })
    }
    let usable = bars.filter { wanted == nil || $0.name == wanted }
    if usable.contains(where: { $0.isOurs }) { return }
    if let bar = usable.first(where: { $0.status == nil }) {
      let indent = indentation(in: bar, text)
      let content = "\(indent)\(command)\n"
      files.main = block.inserted(content, into: text, at: bar.start.upperBound, indent: indent)
    } else if let status = usable.first?.status {
      throw .otherStatusCommand(line: text.line(at: status.line.lowerBound), value: status.value)
    } else {
      files.main = block.inserted(
        "bar {\n  \(command)\n}\n", into: text, at: text.bytes.count)
    }
  }

  /// That of the next line in the block.
  private static func indentation(in bar: Bar, _ text: ConfigurationText) -> String {
    let end = text.lineEnd(after: bar.start.upperBound)
    let indent = text.bytes[bar.start.upperBound..<end].prefix { $0 == 0x20 || $0 == 0x09 }
    return indent.isEmpty ? "  " : String(decoding: indent, as: UTF8.self)
  }

  /// Removes the block, or our status command where the user moved it.
  private static func remove(from files: inout ConfigurationFiles) {
    let text = files.main
    let blocks = block.ranges(in: text)
    let commands = bars(in: text).filter { $0.isOurs }.compactMap { $0.status?.line }
    files.main = text.removing(blocks.isEmpty ? commands : blocks)
  }
}
