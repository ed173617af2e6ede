/// An advisory lock of the kernel's: it ends with its holder, however that one dies.
public struct FileLock: ~Copyable {
  private let descriptor: Int32

  deinit {
    close(descriptor)
  }

  /// Takes the lock, waiting at most `milliseconds`. Nil when another process keeps it that long.
  public static func take(_ path: String, waitingAtMost milliseconds: Int) throws(FileProblem)
    -> FileLock?
  {
    let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileProblem("lock", path) }
    let lock = FileLock(descriptor: descriptor)
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw FileProblem("lock", path) }
      guard waited < milliseconds else { return nil }
      Pause.milliseconds(pollMilliseconds)
      waited += pollMilliseconds
    }
    return lock
  }

  /// Whether some process holds the lock now. A file that cannot be opened is held by nobody.
  public static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private static let pollMilliseconds = 10
}

public enum Pause {
  public static func milliseconds(_ count: Int) {
    var time = timespec(tv_sec: count / 1000, tv_nsec: (count % 1000) * 1_000_000)
    var left = timespec()
    while nanosleep(&time, &left) != 0 && errno == EINTR { time = left }
  }
}
