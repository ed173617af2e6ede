import BarOutput
import UsageCore

/// `~/.config/polybar/config.ini`: the module at the end of the main file, and its name at the inner end of a bar's
/// modules list, which may be in an included file, inherited, or in a key that the list refers to.
enum PolybarConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .polybar, reload: { _, _ in "polybar-msg cmd restart" },
      paths: {
        ["\($0.configHome)/polybar/config.ini", "\($0.configHome)/polybar/config"]
      },
      systemPaths: ["/etc/polybar/config.ini"], includes: PolybarFiles.includes,
      hasModule: hasModule, isListed: { files in isListed(PolybarFiles(files).listEntries, files) },
      add: add, remove: remove)
  }

  private static let block = MarkedBlock(comment: ";")
  private static let section = INISection(header: "[module/droid]", block: block)
  private static let name = "droid"
  static let lists = ["modules-right", "modules-center", "modules-left"]

  private static func hasModule(_ files: ConfigurationFiles) -> Bool {
    files.texts.contains { !section.ranges(in: $0).isEmpty }
  }

  private static func isListed(_ entries: [PolybarFiles.Entry], _ files: ConfigurationFiles) -> Bool
  {
    entries.contains { !mentions(in: $0, files.texts[$0.file]).isEmpty }
  }

  private static func add(to files: inout ConfigurationFiles, bar wanted: String?)
    throws(SetupError)
  {
    let parsed = PolybarFiles(files)
    let hasModule = hasModule(files)
    if !hasModule {
      for text in files.texts {
        if let line = section.line(in: text) {
          throw .foreignModule(name: section.header, line: line)
        }
      }
    }
    let target = try target(in: parsed, named: wanted)
    // A bar that the user chose needs a mention of its own.
    let looked = wanted == nil ? parsed.listEntries : target.entry.map { [$0] } ?? []
    var notes: [String] = []
    if parsed.bars.count > 1 {
      notes.append("Used [\(target.bar.section)]; --bar NAME chooses another.")
    }
    if !isListed(looked, files) {
      if let entry = target.entry {
        let text = files.texts[entry.file]
        let next = text.bytes[target.start..<entry.range.upperBound].first
        let isEmpty = next == nil || next == UInt8(ascii: "}")
        files.texts[entry.file] = text.inserting([(target.start, name + (isEmpty ? "" : " "))])
        if let variable = target.variable {
          notes.append("It is not shown while \(variable) is set.")
        }
      } else {
        let file = target.bar.file
        files.texts[file] = block.inserted(
          "modules-right = \(name)\n", into: files.texts[file], at: target.bar.line.upperBound)
      }
    }
    if !hasModule {
      files.main = block.inserted(
        PolybarHost.module, into: files.main, at: endOfModules(files.main))
    }
    files.note = notes.isEmpty ? nil : notes.joined(separator: " ")
  }

  private static func remove(from files: inout ConfigurationFiles) {
    let entries = PolybarFiles(files).listEntries
    // Somebody else's module of the same name keeps its mentions.
    let isForeign = !hasModule(files) && files.texts.contains { section.line(in: $0) != nil }
    files.texts = files.texts.enumerated().map { index, text in
      let blocks = section.ranges(in: text)
      let mentioned = entries.filter { $0.file == index }.flatMap { mentions(in: $0, text) }
        .filter { range in !blocks.contains { $0.overlaps(range) } }
      return text.removing(blocks + (isForeign ? [] : mentioned))
    }
  }

  /// Where the name goes.
  private struct Target {
    let bar: PolybarFiles.Header
    /// Nil when the bar has no list.
    var entry: PolybarFiles.Entry?
    /// Where the names start in the file of the entry.
    var start = 0
    /// The environment variable or X resource whose default the list is.
    var variable: String?
  }

  /// The bar of a name, else the first one with a list that no other bar inherits from.
  private static func target(in files: PolybarFiles, named wanted: String?) throws(SetupError)
    -> Target
  {
    let names = files.bars.map { String($0.section.dropFirst(4)) }
    guard !names.isEmpty else {
      throw .noList(what: "it has no [bar/…] section: name the file that has one with --file PATH")
    }
    var bars = files.bars.filter { bar in wanted.map { bar.section == "bar/" + $0 } ?? true }
    guard !bars.isEmpty else { throw .noBar(named: wanted ?? "", known: names) }
    if wanted == nil {
      let heirs = bars.filter { !files.isBase($0.section) }
      if !heirs.isEmpty { bars = heirs }
    }
    var fallback: Target?
    var reference: PolybarFiles.Entry?
    for bar in bars {
      for key in lists {
        guard let entry = files.entry(key, of: bar.section) else { continue }
        if let list = files.resolved(entry, bar: bar.section) {
          return Target(bar: bar, entry: list, start: list.range.lowerBound)
        }
        reference = reference ?? entry
        if fallback == nil, let (start, variable) = files.fallback(of: entry) {
          fallback = Target(bar: bar, entry: entry, start: start, variable: variable)
        }
      }
    }
    if let fallback { return fallback }
    if let reference {
      throw .unsupportedList(line: files.line(of: reference), value: reference.value)
    }
    return Target(bar: bars[0])
  }

  /// Our name in a list, with the space after it, or before it at the end of the list.
  private static func mentions(in entry: PolybarFiles.Entry, _ text: ConfigurationText)
    -> [Range<Int>]
  {
    let value = text.bytes[entry.range]
    let isReference = entry.value.hasPrefix("${")
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let words = value.split { byte in
      isSpace(byte) || isReference && (byte == UInt8(ascii: ":") || byte == UInt8(ascii: "}"))
    }
    return words.filter { $0.elementsEqual(name.utf8) }.map { word in
      let (start, end) = (word.startIndex, word.endIndex)
      if end < value.endIndex, isSpace(value[end]) { return start..<end + 1 }
      let hasSpace = start > value.startIndex && isSpace(value[start - 1])
      return (hasSpace ? start - 1 : start)..<end
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
}
