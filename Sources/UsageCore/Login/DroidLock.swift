import CLibraries

/// droid's own write lock: a folder `auth.v2.write.lock` that is renamed into place, with its owner inside.
public struct DroidLock: ~Copyable {
  public static let name = "auth.v2.write.lock"
  static let waitMilliseconds = 2000
  /// A lock without an owner is given this long to get one.
  static let ownerlessSeconds: Int64 = 10

  /// Ours, before it is renamed into place and after it was renamed away, with our pid behind it.
  private static let preparedSuffix = ".droidbar-"

  private let path: String
  private let token: String

  /// Nil when a live holder keeps it for the whole wait.
  public static func take(factoryDirectory: String, clock: () -> Moment) throws(FileProblem)
    -> DroidLock?
  {
    let path = factoryDirectory + "/" + name
    let token = UniqueName.uuid()
    let prepared = "\(path)\(preparedSuffix)\(getpid())"
    removeFoldersOfTheDead(in: factoryDirectory)
    removeFolder(prepared)
    guard mkdir(prepared, 0o700) == 0 else { throw FileProblem("make droid's lock", path) }
    defer { removeFolder(prepared) }
    try PrivateFile.write(
      #"{"token":"\#(token)","pid":\#(getpid())}"#, to: prepared + "/owner.json")

    let end = Uptime.milliseconds() + waitMilliseconds
    while true {
      let failed = platform_rename_new(prepared, path)
      if failed == 0 { return DroidLock(path: path, token: token) }
      guard failed == EEXIST || failed == ENOTEMPTY || failed == ENOTDIR else {
        throw FileProblem("take droid's lock", path, failed)
      }
      if isAbandoned(path, now: clock()), clear(path, asideTo: prepared + "-dead", now: clock()) {
        continue
      }
      guard Uptime.milliseconds() < end else { return nil }
      Pause.milliseconds(20)
    }
  }

  /// Gives the lock back, if it is still ours.
  public consuming func release() {
    guard Self.owner(of: path)?["token"]?.string == token else { return }
    let aside = "\(path)\(Self.preparedSuffix)\(getpid())"
    Self.removeFolder(aside)
    guard rename(path, aside) == 0 else { return }
    Self.removeFolder(aside)
  }

  /// Its owner has ended, or it never had one. A plain file names no owner and is always taken for held.
  public static func isAbandoned(_ path: String, now: Moment) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return false }
    guard let pid = owner(of: path)?["pid"]?.integer, let pid = pid_t(exactly: pid), pid > 0 else {
      return now.seconds(since: Moment(seconds: Int64(status.modified.tv_sec))) > ownerlessSeconds
    }
    return kill(pid, 0) != 0 && errno == ESRCH
  }

  /// Moves a dead lock away. What was moved is looked at once more: a live one that came in between is put back.
  private static func clear(_ path: String, asideTo aside: String, now: Moment) -> Bool {
    removeFolder(aside)
    guard rename(path, aside) == 0 else { return false }
    guard isAbandoned(aside, now: now) else {
      _ = platform_rename_new(aside, path)
      return false
    }
    removeFolder(aside)
    return true
  }

  /// What killed processes left while they prepared or released the lock.
  private static func removeFoldersOfTheDead(in factoryDirectory: String) {
    let prefix = name + preparedSuffix
    for found in Path.names(in: factoryDirectory) {
      guard found.hasPrefix(prefix),
        let pid = pid_t(found.dropFirst(prefix.count).prefix { $0 != "-" }),
        kill(pid, 0) != 0 && errno == ESRCH
      else { continue }
      removeFolder(factoryDirectory + "/" + found)
    }
  }

  private static func owner(of path: String) -> JSONValue? {
    (try? BoundedFile.read(path + "/owner.json", limit: 4096)).flatMap { JSONValue($0) }
  }

  /// Removes a lock's folder with the little that may be in it; nothing else is ever removed.
  private static func removeFolder(_ path: String) {
    unlink(path + "/owner.json")
    unlink(path + "/owner.json.droidbar-new")
    rmdir(path)
  }
}
