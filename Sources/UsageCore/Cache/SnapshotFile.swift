/// The cached snapshot as lines of tab-separated words, the first the line's name.
///
/// A format of its own keeps a JSON parser out of every print. The first line names format and version and the last
/// one closes it: a torn, foreign or older file counts as none.
public enum SnapshotFile {
  static let header = "droidbar-usage\t1"
  static let footer = "end"
  static let limit = 64 * 1024

  public static func load(_ path: String) -> Snapshot? {
    guard let text = try? BoundedFile.text(path, limit: limit) else { return nil }
    return decode(text)
  }

  public static func store(_ snapshot: Snapshot, at path: String) throws(FileProblem) {
    try PrivateFile.write(encode(snapshot), to: path)
  }

  public static func encode(_ snapshot: Snapshot) -> String {
    var lines = SnapshotLines()
    lines.add("account", snapshot.account)
    lines.add("login", snapshot.loginStamp)
    if let figures = snapshot.figures { lines.add(figures) }
    if let failure = snapshot.failure { lines.add(failure) }
    return ([header] + lines.all + [footer, ""]).joined(separator: "\n")
  }

  public static func decode(_ text: String) -> Snapshot? {
    var lines = text[...].split(at: UInt8(ascii: "\n"))
    guard lines.count >= 3, lines[0] == header, lines[lines.count - 2] == footer,
      lines[lines.count - 1].isEmpty
    else { return nil }
    lines = Array(lines[1..<(lines.count - 2)])
    var reader = SnapshotReader()
    for line in lines {
      guard reader.take(line.split(at: UInt8(ascii: "\t"))) else {
        return nil
      }
    }
    return reader.snapshot
  }
}

extension Substring {
  /// The parts between the bytes that are `separator`: without a look at what is a character, which every print would
  /// pay for.
  fileprivate func split(at separator: UInt8) -> [Substring] {
    var parts: [Substring] = []
    var start = startIndex
    var position = startIndex
    while position < endIndex {
      if utf8[position] == separator {
        parts.append(self[start..<position])
        start = utf8.index(after: position)
      }
      utf8.formIndex(after: &position)
    }
    parts.append(self[start...])
    return parts
  }
}
