/// The cached snapshot as lines of tab-separated words, the first the line's name.
///
/// A format of its own keeps a JSON parser out of every print. The first line names format and version and the last
/// one closes it: a torn, foreign or older file counts as none.
public enum SnapshotFile {
  private static let headerName: StaticString = "droidbar-usage"
  private static let version: Int64 = 1
  private static let footer: StaticString = "end"
  static let limit = 64 * 1024

  public static func load(_ path: String) -> Snapshot? {
    guard let bytes = try? BoundedFile.read(path, limit: limit) else { return nil }
    return decode(bytes)
  }

  public static func store(_ snapshot: Snapshot, at path: String) throws(FileProblem) {
    try PrivateFile.write(encode(snapshot), to: path)
  }

  public static func encode(_ snapshot: Snapshot) -> String {
    var lines = SnapshotLines()
    lines.add("account", snapshot.account)
    lines.add("login", snapshot.loginStamp)
    if let folder = snapshot.folderStamp {
      lines.add("folder", folder.fingerprint, "\(folder.present)")
    }
    if let figures = snapshot.figures { lines.add(figures) }
    if let failure = snapshot.failure { lines.add(failure) }
    let header = "\(headerName)\t\(version)"
    return ([header] + lines.all + ["\(footer)", ""]).joined(separator: "\n")
  }

  public static func decode(_ text: String) -> Snapshot? {
    decode(Array(text.utf8))
  }

  private static func decode(_ bytes: [UInt8]) -> Snapshot? {
    var lines = ByteLines(bytes)
    guard var first = lines.next(), first.begins(with: headerName, count: 2),
      first.integer() == version
    else { return nil }
    var reader = SnapshotReader()
    while var line = lines.next() {
      if line.begins(with: footer, count: 1) { return lines.isAtEnd ? reader.snapshot : nil }
      guard reader.take(&line) else { return nil }
    }
    return nil
  }
}
