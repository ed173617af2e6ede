import CLibraries

/// An advisory lock, flock(2). The kernel releases it when its process ends, however that happens.
public struct FileLock: ~Copyable {
  private let descriptor: Int32

  deinit {
    close(descriptor)
  }

  /// Takes the lock, waiting at most `milliseconds`. Nil when another process holds it that long.
  public static func take(_ path: String, waitingAtMost milliseconds: Int) throws(FileError)
    -> FileLock?
  {
    let descriptor = libc_open(
      path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError("lock", path) }
    let lock = FileLock(descriptor: descriptor)
    guard FileStatus(descriptor: descriptor)?.isRegular == true else {
      throw .notARegularFile(path: path)
    }
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard libc_errno() == EWOULDBLOCK || libc_errno() == EINTR else {
        throw FileError("lock", path)
      }
      guard waited < milliseconds else { return nil }
      Sleep.milliseconds(pollMilliseconds)
      waited += pollMilliseconds
    }
    return lock
  }

  public consuming func release() {}

  /// Whether a process holds the lock now. False when the file cannot be opened.
  public static func isHeld(_ path: String) -> Bool {
    let descriptor = libc_open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && libc_errno() == EWOULDBLOCK
  }

  private static let pollMilliseconds = 10
}
