import CLibraries

/// Writes files of mode 0600 atomically.
///
/// The content goes into a temporary file of a fixed name beside the target, which is then renamed over it. Callers
/// with concurrent writers hold a lock. A killed writer leaves one temporary file, which the next writer replaces.
public struct AtomicFile: ~Copyable {
  /// Appended to the path of the target.
  static let suffix = ".droidbar-new"

  /// The target.
  public let path: String
  private let temporaryPath: String
  private let descriptor: Int32

  /// Creates the temporary file and allocates `bytes` on the disk, so that a full disk is detected now.
  public init(replacing path: String, reserving bytes: Int = 0) throws(FileError) {
    // At the file size limit, a write must fail, not kill the process.
    libc_ignore_signal(SIGXFSZ)
    let temporary = path + Self.suffix
    unlink(temporary)
    let descriptor = libc_open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError("write", path) }
    let failed = bytes > 0 ? platform_reserve(descriptor, off_t(bytes)) : 0
    guard failed == 0 || failed == EOPNOTSUPP || failed == EINVAL else {
      close(descriptor)
      unlink(temporary)
      throw FileError("write", path, failed)
    }
    self.path = path
    temporaryPath = temporary
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Replaces the target. Its modification time will be later than `earlier`, whatever the clock says.
  ///
  /// With `durably`, file and folder are synced to the disk before it returns.
  public consuming func commit(
    _ content: [UInt8], durably: Bool = false, modifiedAfter earlier: ModificationTime? = nil
  ) throws(FileError) {
    var written = 0
    while written < content.count {
      let count = content.withUnsafeBytes { buffer in
        CLibraries.write(
          descriptor, buffer.baseAddress.map { $0 + written }, content.count - written)
      }
      if count < 0 && libc_errno() == EINTR { continue }
      guard count > 0 else { throw failure() }
      written += count
    }
    guard ftruncate(descriptor, off_t(content.count)) == 0 else { throw failure() }
    if let earlier, let status = FileStatus(descriptor: descriptor), status.modified <= earlier {
      let later = timespec(tv_sec: Int(earlier.moment.adding(seconds: 1).seconds), tv_nsec: 0)
      withUnsafePointer(to: (later, later)) { times in
        times.withMemoryRebound(to: timespec.self, capacity: 2) { _ = futimens(descriptor, $0) }
      }
    }
    if durably && fsync(descriptor) != 0 { throw failure() }
    guard rename(temporaryPath, path) == 0 else { throw failure() }
    if durably { Self.syncFolder(of: path) }
  }

  /// Removes the temporary file.
  public consuming func abandon() {
    unlink(temporaryPath)
  }

  private func failure() -> FileError {
    let problem = FileError("write", path)
    unlink(temporaryPath)
    return problem
  }

  /// Creates or replaces a file.
  public static func write(_ text: String, to path: String, durably: Bool = false)
    throws(FileError)
  {
    try AtomicFile(replacing: path).commit(Array(text.utf8), durably: durably)
  }

  /// Removes a file. With `durably`, a power failure does not bring it back.
  public static func remove(_ path: String, durably: Bool = false) {
    guard unlink(path) == 0 else { return }
    if durably { syncFolder(of: path) }
  }

  private static func syncFolder(of path: String) {
    let descriptor = libc_open(Path.parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
