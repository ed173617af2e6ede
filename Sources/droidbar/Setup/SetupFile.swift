import BarOutput
import CLibraries
import UsageCore

/// A configuration file and its new content.
struct SetupFile {
  private static let sizeLimit = 1 << 20

  let path: String
  /// Empty for a file that does not exist yet.
  let text: ConfigurationText
  var edited: ConfigurationText
  private var mode: UInt32 = 0o644
  /// The distribution's file that it is a copy of.
  private var source: String?
  private var isNew = true
  /// Nil for that of the file.
  var backupFolder: String?

  init(_ path: String) throws(SetupError) {
    self.init(new: path, try Self.read(path))
    mode = (FileStatus(path)?.mode ?? 0o644) & 0o777
    isNew = false
  }

  init(copying source: String, to path: String) throws(SetupError) {
    self.init(new: path, try Self.read(source))
    self.source = source
  }

  init(new path: String, _ text: ConfigurationText) {
    self.path = path
    self.text = text
    edited = text
  }

  private static func read(_ path: String) throws(SetupError) -> ConfigurationText {
    do throws(FileError) {
      return ConfigurationText(try BoundedFile.read(path, limit: sizeLimit))
    } catch {
      throw .fileProblem(sentence: error.sentence)
    }
  }

  var isChanged: Bool { edited != text }

  var difference: String {
    UnifiedDiff.text(from: text.string, to: edited.string, path: path)
  }

  /// What `--dry-run` adds to the difference; empty for a file that exists.
  var plan: String { isNew ? "Would create \(path)\(origin).\n" : "" }

  private var origin: String { source.map { " from \($0)" } ?? "" }

  /// The file itself, when the path is a symbolic link.
  private var target: String { Path.resolved(path) ?? path }

  /// Refuses before anything is created.
  func checkWritable() throws(SetupError) {
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

  /// Writes the new content. Returns a message for the user.
  func write(_ now: Moment) throws(SetupError) -> String {
    do throws(FileError) {
      var message: String
      if isNew {
        try Path.makeDirectory(Path.parent(of: path))
        message = "Created \(path)\(origin).\n"
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

  /// Deletes the file. Returns a message for the user.
  func remove() -> String {
    AtomicFile.remove(target)
    return "Removed \(path), which was otherwise empty.\n"
  }

  private func put(_ bytes: [UInt8], at path: String) throws(FileError) {
    try AtomicFile(replacing: path).commit(bytes, durably: true)
    chmod(path, mode_t(mode))
  }

  /// `config.droidbar-20261121-175900`.
  private func freeBackupPath(_ now: Moment) -> String {
    let time = CivilTime(now, utcOffset: LocalTime.utcOffset(at: now))
    let date = "\(time.year)\(Format.twoDigits(time.month))\(Format.twoDigits(time.dayOfMonth))"
    let clock = [time.hour, time.minute, time.second].map(Format.twoDigits).joined()
    let original = backupFolder.map { Path.joined($0, Path.name(of: path)) } ?? path
    let base = "\(original).droidbar-\(date)-\(clock)"
    var backup = base
    var number = 2
    while Path.exists(backup) {
      backup = "\(base)-\(number)"
      number += 1
    }
    return backup
  }
}
