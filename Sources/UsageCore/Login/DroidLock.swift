import CLibraries

/// droid's own write lock: a folder `auth.v2.write.lock` with an `owner.json`, renamed into place.
///
/// Another client creates a plain file instead, which contains its owner.
struct DroidLock: ~Copyable {
  /// The lock's name below `.factory`.
  static let name = "auth.v2.write.lock"
  static let waitMilliseconds = 2000
  /// How long a folder may be without its owner.
  static let ownerlessFolderSeconds: Int64 = 10
  /// How long a plain file of a dead process is kept, and one that names no process.
  static let deadFileSeconds: Int64 = 30
  static let ownerlessFileSeconds: Int64 = 60

  /// Followed by our pid: the lock before it is renamed into place, and after it was renamed away.
  private static let preparedSuffix = ".droidbar-"

  private let path: String
  private let token: String

  /// Nil when a live process holds it for the whole wait.
  static func take(factoryDirectory: String, clock: () -> Moment) throws(FileError)
    -> DroidLock?
  {
    let path = Path.joined(factoryDirectory, name)
    let token = randomUUID()
    let prepared = "\(path)\(preparedSuffix)\(getpid())"
    removeLeftovers(in: factoryDirectory)
    remove(prepared)
    guard mkdir(prepared, 0o700) == 0 else { throw FileError("create droid's lock", path) }
    defer { remove(prepared) }
    try AtomicFile.write(
      #"{"token":"\#(token)","pid":\#(getpid())}"#, to: prepared + "/owner.json")

    let end = MonotonicClock.milliseconds() + waitMilliseconds
    while true {
      let failed = platform_rename_new(prepared, path)
      if failed == 0 { return DroidLock(path: path, token: token) }
      guard failed == EEXIST || failed == ENOTEMPTY || failed == ENOTDIR else {
        throw FileError("take droid's lock", path, failed)
      }
      if isAbandoned(path, now: clock()), clear(path, via: prepared + "-dead", now: clock()) {
        continue
      }
      guard MonotonicClock.milliseconds() < end else { return nil }
      Sleep.milliseconds(20)
    }
  }

  /// Releases the lock if it is still ours.
  consuming func release() {
    guard Self.owner(path + "/owner.json")?["token"]?.string == token else { return }
    let aside = "\(path)\(Self.preparedSuffix)\(getpid())"
    Self.remove(aside)
    guard rename(path, aside) == 0 else { return }
    Self.remove(aside)
  }

  /// Whether the process that took the lock has ended, or never finished taking it.
  static func isAbandoned(_ path: String, now: Moment) -> Bool {
    guard let status = FileStatus(link: path) else { return false }
    let ageSeconds = now.seconds(since: status.modified.moment)
    if status.isFolder {
      guard let pid = pid(in: owner(path + "/owner.json")) else {
        return ageSeconds > ownerlessFolderSeconds
      }
      return isDead(pid)
    }
    guard status.isRegular else { return false }
    guard let pid = pid(in: owner(path)) else { return ageSeconds > ownerlessFileSeconds }
    return isDead(pid) && ageSeconds > deadFileSeconds
  }

  /// Removes an abandoned lock. A live one that was taken meanwhile is put back.
  private static func clear(_ path: String, via aside: String, now: Moment) -> Bool {
    remove(aside)
    guard rename(path, aside) == 0 else { return false }
    guard isAbandoned(aside, now: now) else {
      _ = platform_rename_new(aside, path)
      return false
    }
    remove(aside)
    return true
  }

  /// Removes what killed processes of ours left behind.
  private static func removeLeftovers(in factoryDirectory: String) {
    let prefix = name + preparedSuffix
    for found in Path.names(in: factoryDirectory) where found.hasPrefix(prefix) {
      guard let pid = pid_t(found.dropFirst(prefix.count).prefix { $0 != "-" }), isDead(pid)
      else { continue }
      remove(Path.joined(factoryDirectory, found))
    }
  }

  private static func owner(_ path: String) -> JSONValue? {
    (try? BoundedFile.read(path, limit: 4096)).flatMap { JSONValue($0) }
  }

  private static func pid(in owner: JSONValue?) -> pid_t? {
    owner?["pid"]?.integer.flatMap { pid_t(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
  }

  private static func isDead(_ pid: pid_t) -> Bool {
    kill(pid, 0) != 0 && libc_errno() == ESRCH
  }

  /// Removes a lock of either kind with its known content, and nothing else.
  private static func remove(_ path: String) {
    if FileStatus(link: path)?.isFolder == false {
      unlink(path)
      return
    }
    unlink(path + "/owner.json")
    unlink(path + "/owner.json" + AtomicFile.suffix)
    rmdir(path)
  }

  /// https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
  private static func randomUUID() -> String {
    var random = SystemRandomNumberGenerator()
    var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let groups = [bytes[..<4], bytes[4..<6], bytes[6..<8], bytes[8..<10], bytes[10...]]
    return groups.map { Hexadecimal.encode(Array($0)) }.joined(separator: "-")
  }
}
