import BarOutput
import UsageCore

/// droid's own `settings.json`: the member `statusLine`.
enum DroidConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .droid, reload: { _, _ in "restart droid" },
      paths: { ["\($0.factory)/settings.json"] },
      newFile: "{\n}\n", hasModule: { ours(in: $0.main) != nil },
      invalidLine: BarJSON.invalidLine, add: add, remove: remove)
  }

  private static let name = "statusLine"

  private static func ours(in text: ConfigurationText) -> BarJSON.Member? {
    guard let member = (try? BarJSON.parse(text))?.member(name),
      let command = member.item.member("command")?.item.string
    else { return nil }
    return command.hasOccurrence(of: "droidbar") ? member : nil
  }

  /// Adds the first member, so that the commas of the others stay as they are.
  private static func add(to files: inout ConfigurationFiles, bar: String?) throws(SetupError) {
    let text = files.main
    if ours(in: text) != nil { return }
    guard let root = try? BarJSON.parse(text) else {
      throw .invalid(line: BarJSON.invalidLine(in: text) ?? 1, expected: "JSON")
    }
    guard case .object(let members) = root.value else {
      throw .invalid(line: text.line(at: root.range.lowerBound), expected: "an object")
    }
    if let foreign = root.member(name) {
      throw .foreignModule(name: name, line: text.line(at: foreign.start))
    }
    let indent = members.first.flatMap { text.indentation(before: $0.start) } ?? "  "
    let comma = members.isEmpty ? "" : ","
    files.main = text.inserting([
      (root.range.lowerBound + 1, "\n\(indent)\"\(name)\": \(DroidHost.statusLine)\(comma)")
    ])
  }

  /// Removes the member with the white space before it and its comma, or the comma before a last member.
  private static func remove(from files: inout ConfigurationFiles) {
    let text = files.main
    guard let member = ours(in: text) else { return }
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
    var start = member.start
    while start > 0, isSpace(text.bytes[start - 1]) { start -= 1 }
    var end = member.item.range.upperBound
    var next = end
    while next < text.bytes.count, isSpace(text.bytes[next]) { next += 1 }
    if next < text.bytes.count, text.bytes[next] == UInt8(ascii: ",") {
      end = next + 1
    } else if start > 0, text.bytes[start - 1] == UInt8(ascii: ",") {
      start -= 1
    }
    files.main = text.removing([start..<end])
  }
}
