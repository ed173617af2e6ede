import BarOutput
import UsageCore

/// `~/.config/i3blocks/config`: the block before the first section, which is the inner end of the bar.
enum I3blocksConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .i3blocks, reload: { _, _ in "i3-msg restart, or swaymsg reload" },
      paths: { ["\($0.configHome)/i3blocks/config", "\($0.home)/.i3blocks.conf"] },
      systemPaths: ["/etc/i3blocks.conf"], hasModule: { !section.ranges(in: $0.main).isEmpty },
      invalidLine: invalidLine, add: add, remove: remove)
  }

  private static let block = MarkedBlock(comment: "#")
  private static let section = INISection(header: "[droid]", block: block)

  private static func invalidLine(in text: ConfigurationText) -> Int? {
    text.lines.first { line in
      let content = text.trimmed(line)
      return
        !(content.isEmpty || content.hasPrefix("#") || content.hasPrefix("[")
        || content.utf8.contains(UInt8(ascii: "=")))
    }.map { text.line(at: $0.lowerBound) }
  }

  private static func add(to files: inout ConfigurationFiles, bar: String?) throws(SetupError) {
    let text = files.main
    if !section.ranges(in: text).isEmpty { return }
    if let line = invalidLine(in: text) {
      throw .invalid(line: line, expected: "[section] or key=value")
    }
    let lines = text.lines
    if let line = section.line(in: text) {
      throw .foreignModule(name: section.header, line: line)
    }
    let signals = lines.compactMap { line -> Int? in
      let parts = text.trimmed(line).split(separator: "=", maxSplits: 1)
      return parts.count == 2 && parts[0] == "signal" ? Int(parts[1]) : nil
    }
    let firstSection = lines.firstIndex { text.trimmed($0).hasPrefix("[") } ?? lines.count
    let hasMarkup = lines[..<firstSection].contains {
      text.trimmed($0).filter { $0 != " " } == "markup=pango"
    }
    let content = I3blocksHost.block(
      signal: ConfigurationText.freeSignal(signals), hasMarkup: hasMarkup)
    files.main = block.inserted(
      content + "\n", into: text, at: position(before: firstSection, text))
  }

  /// The start of a section, or of the comments directly above it.
  private static func position(before section: Int, _ text: ConfigurationText) -> Int {
    let lines = text.lines
    var first = section
    while first > 0, first < lines.count, text.trimmed(lines[first - 1]).hasPrefix("#") {
      first -= 1
    }
    return first < lines.count ? lines[first].lowerBound : text.bytes.count
  }

  private static func remove(from files: inout ConfigurationFiles) {
    files.main = files.main.removing(section.ranges(in: files.main))
  }
}

/// The section of an INI file that holds the module.
struct INISection {
  let header: String
  let block: MarkedBlock

  /// The marked blocks, or the section if it runs droidbar. Blank and comment lines at its end belong to the next one.
  func ranges(in text: ConfigurationText) -> [Range<Int>] {
    let blocks = block.ranges(in: text)
    let lines = text.lines
    guard blocks.isEmpty, let first = lines.firstIndex(where: { text.trimmed($0) == header }) else {
      return blocks
    }
    var end = first + 1
    for index in lines.indices.dropFirst(first + 1) {
      let line = text.trimmed(lines[index])
      if line.hasPrefix("[") { break }
      if !line.isEmpty && !line.hasPrefix("#") && !line.hasPrefix(";") { end = index + 1 }
    }
    let isOurs = lines[first..<end].contains { text.trimmed($0).hasOccurrence(of: "droidbar") }
    return isOurs ? [lines[first].lowerBound..<lines[end - 1].upperBound] : []
  }

  /// The line of the header, also of somebody else's section.
  func line(in text: ConfigurationText) -> Int? {
    text.lines.first { text.trimmed($0) == header }.map { text.line(at: $0.lowerBound) }
  }
}
