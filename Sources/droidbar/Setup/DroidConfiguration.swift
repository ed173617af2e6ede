import BarOutput
import UsageCore

/// droid's own `settings.json`: the member `statusLine`.
enum DroidConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .droid, reload: { _, _ in "start droid again" },
      paths: { ["\($0.factory)/settings.json"] },
      systemPaths: [], newFile: "{\n}\n", parts: parts, invalidLine: BarJSON.invalidLine,
      adding: adding,
      removing: removing)
  }

  private static let name = "statusLine"

  private static func statusLine(in text: ConfigurationText) -> BarJSON.Member? {
    (try? BarJSON.parse(text))?.value.member(name)
  }

  private static func isOurs(_ member: BarJSON.Member) -> Bool {
    member.item.value.member("command")?.item.value.string?.hasOccurrence(of: "droidbar") ?? false
  }

  private static func parts(of text: ConfigurationText) -> (hasModule: Bool, isListed: Bool) {
    let isUsed = statusLine(in: text).map { isOurs($0) } ?? false
    return (isUsed, isUsed)
  }

  /// Adds the first member, so that the commas of the others stay as they are.
  private static func adding(
    to text: ConfigurationText, others: [ConfigurationText], bar: String?
  ) throws(SetupRefusal)
    -> SetupEdit
  {
    let root: BarJSON.Item
    do throws(BarJSON.Invalid) {
      root = try BarJSON.parse(text)
    } catch {
      throw .invalid(line: text.line(at: error.position), expected: "JSON")
    }
    guard case .object(let members) = root.value else {
      throw .invalid(line: text.line(at: root.range.lowerBound), expected: "an object")
    }
    if let member = statusLine(in: text) {
      guard isOurs(member) else {
        throw .foreignModule(name: name, line: text.line(at: member.start))
      }
      return SetupEdit(text: text)
    }
    let indent = members.first.flatMap { text.indentation(before: $0.start) } ?? "  "
    let comma = members.isEmpty ? "" : ","
    return SetupEdit(
      text: text.inserting([
        (root.range.lowerBound + 1, "\n\(indent)\"\(name)\": \(DroidHost.statusLine)\(comma)")
      ]))
  }

  /// Removes the member with the white space before it and its comma, or the comma before a last member.
  private static func removing(from text: ConfigurationText) -> ConfigurationText {
    guard let member = statusLine(in: text), isOurs(member) else { return text }
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
    return text.removing([start..<end])
  }
}
