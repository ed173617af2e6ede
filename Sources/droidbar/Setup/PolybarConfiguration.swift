import BarOutput
import UsageCore

/// `~/.config/polybar/config.ini`: the module at the end, and its name at the inner end of a bar's modules list.
enum PolybarConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .polybar, reload: { _ in "polybar-msg cmd restart" }, paths: paths,
      systemPaths: systemPaths,
      includes: includes, parts: parts,
      adding: adding, removing: removing)
  }

  private static let block = MarkedBlock(comment: ";")
  private static let section = "[module/droid]"
  private static let name = "droid"
  private static let lists = ["modules-right", "modules-center", "modules-left"]

  private static func paths(_ folders: UserFolders) -> [String] {
    ["\(folders.configHome)/polybar/config.ini", "\(folders.configHome)/polybar/config"]
  }

  private static let systemPaths = ["/etc/polybar/config.ini"]

  private static func includes(in text: ConfigurationText) -> [String] {
    text.lines.compactMap { line in
      let parts = text.trimmed(line).split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ $0 != " " }) == "include-file" else { return nil }
      return String(parts[1].drop { $0 == " " })
    }
  }

  private static func parts(of text: ConfigurationText) -> (hasModule: Bool, isListed: Bool) {
    (ours(in: text) != nil, !mentions(in: text).isEmpty)
  }

  private static func adding(to text: ConfigurationText, bar wanted: String?) throws(SetupRefusal)
    -> SetupEdit
  {
    let bars = bars(in: text)
    let bar = try bar(of: bars, named: wanted)
    var edited = text
    // A bar that the user chose needs a mention of its own.
    if mentions(in: wanted == nil ? bars : [bar], text).isEmpty {
      guard let list = lists.lazy.compactMap({ bar.list($0) }).first else {
        throw .noList(
          what: "[bar/\(bar.name)] has no modules list of its own: add 'modules-right ='")
      }
      if list.value.hasPrefix("${") {
        throw .unsupportedList(line: text.line(at: list.start), value: list.value)
      }
      edited = text.inserting([(list.start, name + (list.value.isEmpty ? "" : " "))])
    }
    if ours(in: text) == nil {
      if let foreign = text.lines.first(where: { text.trimmed($0) == section }) {
        throw .foreignModule(name: section, line: text.line(at: foreign.lowerBound))
      }
      edited = block.inserted(PolybarHost.module, into: edited, at: endOfModules(edited))
    }
    let note = bars.count > 1 ? "Used [bar/\(bar.name)]; --bar NAME chooses another." : nil
    return SetupEdit(text: edited, note: note)
  }

  private static func removing(from text: ConfigurationText) -> ConfigurationText {
    let range = ours(in: text)
    // Somebody else's module of the same name keeps its mentions.
    if range == nil, text.lines.contains(where: { text.trimmed($0) == section }) { return text }
    return text.removing(mentions(in: text) + (range.map { [$0] } ?? []))
  }

  private struct List {
    let key: String
    /// Where the names start, inside quotes.
    let start: Int
    let value: String
  }

  private struct Bar {
    let name: String
    var lists: [List] = []

    func list(_ key: String) -> List? {
      lists.first { $0.key == key }
    }
  }

  private static func bars(in text: ConfigurationText) -> [Bar] {
    var bars: [Bar] = []
    var isInBar = false
    for line in text.lines {
      let content = text.trimmed(line)
      if content.hasPrefix("[") {
        isInBar = content.hasPrefix("[bar/") && content.hasSuffix("]")
        if isInBar { bars.append(Bar(name: String(content.dropFirst(5).dropLast()))) }
      } else if isInBar, let list = list(line, text) {
        bars[bars.count - 1].lists.append(list)
      }
    }
    return bars
  }

  /// Parses a `modules-… = names` line.
  private static func list(_ line: Range<Int>, _ text: ConfigurationText) -> List? {
    let content = text.trimmed(line)
    guard content.hasPrefix("modules-"),
      let equals = text.bytes[line].firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    let key = text.trimmed(line.lowerBound..<equals)
    guard lists.contains(key) else { return nil }
    var start = equals + 1
    while start < line.upperBound, text.bytes[start] == 0x20 || text.bytes[start] == 0x09 {
      start += 1
    }
    let value = text.trimmed(start..<line.upperBound)
    if value.isEmpty { start = equals + 1 }
    let isQuoted = value.hasPrefix("\"")
    return List(
      key: key, start: isQuoted ? start + 1 : start,
      value: isQuoted ? String(value.dropFirst().prefix { $0 != "\"" }) : value)
  }

  private static func bar(of bars: [Bar], named wanted: String?) throws(SetupRefusal) -> Bar {
    if let wanted {
      guard let bar = bars.first(where: { $0.name == wanted }) else {
        throw .noBar(named: wanted, known: bars.map { $0.name })
      }
      return bar
    }
    let usable = bars.first { bar in
      lists.contains { bar.list($0).map { !$0.value.hasPrefix("${") } ?? false }
    }
    if let usable { return usable }
    if let bar = bars.first { return bar }
    throw .noList(what: "it has no [bar/…] section: name the file that has one with --file PATH")
  }

  /// Our name in every modules list of a bar, with the space after it, or before it at the end of a list.
  private static func mentions(in text: ConfigurationText) -> [Range<Int>] {
    mentions(in: bars(in: text), text)
  }

  private static func mentions(in bars: [Bar], _ text: ConfigurationText) -> [Range<Int>] {
    bars.flatMap { $0.lists }.flatMap { list -> [Range<Int>] in
      var ranges: [Range<Int>] = []
      let bytes = text.bytes
      let end = list.start + list.value.utf8.count
      var start = list.start
      while start < end {
        var stop = start
        while stop < end, bytes[stop] != 0x20, bytes[stop] != 0x09 { stop += 1 }
        if bytes[start..<stop].elementsEqual(name.utf8) {
          if stop < end {
            ranges.append(start..<stop + 1)
          } else {
            let isFirst = start == list.start
            ranges.append((isFirst ? start : start - 1)..<stop)
          }
        }
        start = stop + 1
      }
      return ranges
    }
  }

  /// The end of the file, or before an editor's mode line there.
  private static func endOfModules(_ text: ConfigurationText) -> Int {
    let modeLine = text.lines.suffix(5).first {
      let line = text.trimmed($0)
      return (line.hasPrefix(";") || line.hasPrefix("#"))
        && (line.hasOccurrence(of: "vim:") || line.hasOccurrence(of: "ex:"))
    }
    return modeLine?.lowerBound ?? text.bytes.count
  }

  private static func ours(in text: ConfigurationText) -> Range<Int>? {
    block.range(in: text) ?? IniSection.range(of: section, in: text)
  }
}
