import BarOutput
import UsageCore

/// `~/.config/waybar/config`: the module before the modules list of a bar, and its name at the inner end of that list.
enum WaybarConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .waybar, reload: { _, _ in "pkill -USR2 waybar" },
      paths: { search in
        [
          "\(search.configHome)/waybar/config", "\(search.configHome)/waybar/config.jsonc",
          "\(search.home)/waybar/config",
        ]
      },
      systemPaths: ["/etc/xdg/waybar/config.jsonc", "/etc/xdg/waybar/config"], includes: includes,
      hasModule: { roots(of: $0.texts).contains { !modules(in: $0).isEmpty } },
      isListed: { roots(of: $0.texts).contains { !mentions(in: $0).isEmpty } },
      invalidLine: BarJSON.invalidLine, add: add, remove: remove)
  }

  private static let name = WaybarLayout.name
  private static let lists = ["modules-right", "modules-center", "modules-left"]

  private static func roots(of texts: [ConfigurationText]) -> [BarJSON.Item] {
    texts.compactMap { try? BarJSON.parse($0) }
  }

  private static func includes(in text: ConfigurationText) -> [String] {
    guard let root = try? BarJSON.parse(text) else { return [] }
    return bars(root).compactMap { $0.member("include")?.item }
      .flatMap { include in (include.items ?? [include]).compactMap { $0.string } }
  }

  /// Changes the first file with a modules list. The module may be in one file and its mention in another.
  private static func add(to files: inout ConfigurationFiles, bar wanted: String?)
    throws(SetupError)
  {
    if wanted == nil, configuration.isSetUp(files) { return }
    let signals = roots(of: files.texts).flatMap { usedSignals($0) }
    var refusal: SetupError?
    for index in files.texts.indices {
      do throws(SetupError) {
        (files.texts[index], files.note) = try adding(to: files.texts[index], signals, bar: wanted)
        return
      } catch {
        refusal = refusal ?? error
        guard case .noList = error else { break }
      }
    }
    if let refusal { throw refusal }
  }

  private static func adding(
    to text: ConfigurationText, _ usedSignals: [Int], bar wanted: String?
  ) throws(SetupError) -> (text: ConfigurationText, note: String?) {
    guard let root = try? BarJSON.parse(text) else {
      throw .invalid(line: BarJSON.invalidLine(in: text) ?? 1, expected: "valid JSON")
    }
    if let foreign = bars(root).compactMap({ $0.member(name) }).first(where: { !isOurs($0) }) {
      throw .foreignModule(name: "\"\(name)\"", line: text.line(at: foreign.start))
    }
    let (bar, note) = try Self.bar(in: root, named: wanted)
    var pieces: [(at: Int, text: String)] = []
    let members = lists.compactMap { bar.member($0) }
    if let member = members.first(where: { $0.item.items == nil }) {
      let line = text.line(at: member.start)
      throw .invalid(line: line, expected: "\(member.name) to be a modules list, such as []")
    }
    let list = members.first
    let anchor = list ?? bar.members.first
    // A bar that the user chose needs a module of its own.
    let hasModule = (wanted == nil ? bars(root) : [bar]).contains { $0.member(name) != nil }
    if !hasModule, let anchor {
      let signal = ConfigurationText.freeSignal(usedSignals)
      pieces.append(
        WaybarLayout.block(
          text, before: anchor, isNested: root.items != nil, signal: signal,
          needsList: list == nil))
    }
    if let list, mentions(in: bar).isEmpty {
      pieces.append(WaybarLayout.mention(text, in: list))
    }
    return (text.inserting(pieces), note)
  }

  private static func remove(from files: inout ConfigurationFiles) {
    files.texts = files.texts.map { text in
      guard let root = try? BarJSON.parse(text) else { return text }
      return text.removing(
        modules(in: root).map { WaybarLayout.removal(of: $0, text) }
          + mentions(in: root).map { WaybarLayout.withComma($0.range, text) })
    }
  }

  /// The bars: the root, or the items of its array.
  private static func bars(_ root: BarJSON.Item) -> [BarJSON.Item] {
    root.items ?? [root]
  }

  private static func isOurs(_ member: BarJSON.Member) -> Bool {
    member.item.members.contains { $0.item.string?.hasOccurrence(of: "droidbar") ?? false }
  }

  private static func modules(in root: BarJSON.Item) -> [BarJSON.Member] {
    bars(root).flatMap { $0.members.filter { $0.name == name && isOurs($0) } }
  }

  /// Our name in every list of modules, also in those of groups.
  private static func mentions(in item: BarJSON.Item) -> [BarJSON.Item] {
    item.allMembers.filter { $0.name.hasPrefix("modules") }
      .flatMap { list in (list.item.items ?? []).filter { $0.string == name } }
  }

  /// The bar of a name, output or number, else the first one with a modules list.
  private static func bar(in root: BarJSON.Item, named wanted: String?) throws(SetupError)
    -> (bar: BarJSON.Item, note: String?)
  {
    let bars = bars(root)
    let titles = bars.enumerated().map { index, bar in
      bar.member("name")?.item.string ?? bar.member("output")?.item.string ?? "\(index + 1)"
    }
    let chosen = bars.indices.first { index in
      if let wanted { return wanted == titles[index] || wanted == "\(index + 1)" }
      return lists.contains { bars[index].member($0)?.item.items != nil }
    }
    if let chosen {
      let note = "Used bar '\(titles[chosen])' of \(bars.count); --bar NAME chooses another."
      return (bars[chosen], bars.count > 1 ? note : nil)
    }
    if let wanted { throw .noBar(named: wanted, known: titles) }
    if bars.contains(where: { $0.member("include") != nil }) {
      throw .noList(
        what:
          "it has no modules list, and neither do the files that it includes: name the file with --file PATH"
      )
    }
    throw .noList(what: "none of its bars has a modules list: add \"modules-right\": [] to one")
  }

  private static func usedSignals(_ item: BarJSON.Item) -> [Int] {
    item.allMembers.compactMap { member in
      guard member.name == "signal", case .other(let text) = member.item.value else { return nil }
      return Int(text)
    }
  }
}
