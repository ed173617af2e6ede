import CLibraries
import UsageCore

/// A configuration file and its new content.
struct SetupFile {
  private static let sizeLimit = 1 << 20

  let path: String
  /// Empty for a file that does not exist yet.
  let text: ConfigurationText
  var edited: ConfigurationText
  private let mode: UInt32
  /// The distribution's file that it is a copy of.
  private let source: String?
  private let isNew: Bool
  /// Nil for that of the file.
  var backupFolder: String?

  init(_ path: String) throws(SetupRefusal) {
    let text = try Self.read(path)
    self.init(
      path: path, text: text, mode: (FileStatus(path)?.mode ?? 0o644) & 0o777, source: nil,
      isNew: false)
  }

  init(copying source: String, to path: String) throws(SetupRefusal) {
    let text = try Self.read(source)
    self.init(path: path, text: text, mode: 0o644, source: source, isNew: true)
  }

  init(new path: String, content: String) {
    self.init(
      path: path, text: ConfigurationText(Array(content.utf8)), mode: 0o644, source: nil,
      isNew: true)
  }

  private init(path: String, text: ConfigurationText, mode: UInt32, source: String?, isNew: Bool) {
    self.path = path
    self.text = text
    edited = text
    self.mode = mode
    self.source = source
    self.isNew = isNew
  }

  private static func read(_ path: String) throws(SetupRefusal) -> ConfigurationText {
    do throws(FileProblem) {
      return ConfigurationText(try BoundedFile.read(path, limit: sizeLimit))
    } catch {
      throw .fileProblem(sentence: error.sentence)
    }
  }

  var isChanged: Bool { edited != text }

  var difference: String {
    LineDifference.text(from: text.string, to: edited.string, path: path)
  }

  /// The file itself, when the path is a symbolic link.
  private var target: String { Path.resolved(path) ?? path }

  /// Refuses before anything is created.
  func checkWritable() throws(SetupRefusal) {
    if isNew {
      var folder = Path.parent(of: path)
      while !Path.exists(folder), folder != "/", folder != "." { folder = Path.parent(of: folder) }
      guard access(folder, W_OK) == 0 else { throw .readOnly(path: folder) }
      return
    }
    guard mode & 0o200 != 0, access(target, W_OK) == 0,
      access(Path.parent(of: target), W_OK) == 0
    else { throw .readOnly(path: target) }
  }

  /// Writes the new content. Returns what to tell the user.
  func write(_ now: Moment) throws(SetupRefusal) -> String {
    do throws(FileProblem) {
      var message: String
      if isNew {
        try Path.makeDirectory(Path.parent(of: path))
        message = source.map { "Created \(path) from \($0).\n" } ?? "Created \(path).\n"
      } else {
        if let backupFolder { try Path.makePrivateDirectory(backupFolder) }
        let backup = freeBackupPath(now)
        try put(text.bytes, at: backup)
        message = "Updated \(path). Backup: \(backup)\n"
      }
      try put(edited.bytes, at: target)
      return message
    } catch {
      throw .fileProblem(sentence: error.sentence)
    }
  }

  /// Deletes the file. Returns what to tell the user.
  func remove() -> String {
    PrivateFile.remove(target)
    return "Removed \(path), which was otherwise empty.\n"
  }

  private func put(_ bytes: [UInt8], at path: String) throws(FileProblem) {
    try PrivateFile(replacing: path).commit(bytes, durably: true)
    chmod(path, mode_t(mode))
  }

  /// `config.droidbar-20261121-175900`.
  private func freeBackupPath(_ now: Moment) -> String {
    var seconds = time_t(now.seconds)
    var parts = tm()
    localtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(parts.tm_year + 1900)\(two(parts.tm_mon + 1))\(two(parts.tm_mday))"
    let time = "\(two(parts.tm_hour))\(two(parts.tm_min))\(two(parts.tm_sec))"
    let original = backupFolder.map { Path.joined($0, Path.name(of: path)) } ?? path
    let base = "\(original).droidbar-\(date)-\(time)"
    var backup = base
    var number = 2
    while Path.exists(backup) {
      backup = "\(base)-\(number)"
      number += 1
    }
    return backup
  }
}
