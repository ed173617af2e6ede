import CLibraries

/// Writes files that only their owner may read, whole or not at all.
///
/// The new content stands beside the file under a fixed name before it is renamed onto it, so a caller that may have
/// rivals holds a lock; a writer that was killed leaves nothing but that one file, which the next one uses again.
public struct PrivateFile: ~Copyable {
  /// Behind the path of the file that is being replaced.
  static let suffix = ".droidbar-new"

  public let path: String
  private let temporaryPath: String
  private let descriptor: Int32

  /// Opens the file beside `path` and, when told how many bytes will come, has the disk set them aside.
  public init(replacing path: String, reserving bytes: Int = 0) throws(FileProblem) {
    self.path = path
    temporaryPath = path + Self.suffix
    descriptor = try Self.open(temporaryPath, for: path, reserving: bytes)
  }

  private static func open(_ temporaryPath: String, for path: String, reserving bytes: Int)
    throws(FileProblem) -> Int32
  {
    unlink(temporaryPath)
    let descriptor = openNew(temporaryPath)
    guard descriptor >= 0 else { throw FileProblem("write", path) }
    guard bytes > 0 else { return descriptor }
    let failed = platform_reserve(descriptor, off_t(bytes))
    guard failed == 0 || failed == EOPNOTSUPP || failed == EINVAL else {
      close(descriptor)
      unlink(temporaryPath)
      throw FileProblem("write", path, failed)
    }
    return descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Puts the content in place. `durably`: the disk has it before this returns.
  public consuming func commit(_ bytes: some Collection<UInt8>, durably: Bool = false)
    throws(FileProblem)
  {
    let content = Array(bytes)
    var written = 0
    while written < content.count {
      let count = content.withUnsafeBytes { writeBytes(descriptor, $0, from: written) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      written += count
    }
    guard ftruncate(descriptor, off_t(content.count)) == 0 else { throw failure() }
    if durably && fsync(descriptor) != 0 { throw failure() }
    guard rename(temporaryPath, path) == 0 else { throw failure() }
    if durably { Self.synchronizeDirectory(of: path) }
  }

  /// Takes the prepared file away again.
  public consuming func abandon() {
    unlink(temporaryPath)
  }

  private func failure() -> FileProblem {
    let problem = FileProblem("write", path)
    unlink(temporaryPath)
    return problem
  }

  public static func write(_ text: String, to path: String, durably: Bool = false)
    throws(FileProblem)
  {
    try PrivateFile(replacing: path).commit(text.utf8, durably: durably)
  }

  /// Removes a file, and has the disk know it, so that a power cut does not bring it back.
  public static func remove(_ path: String, durably: Bool = false) {
    guard unlink(path) == 0 else { return }
    if durably { synchronizeDirectory(of: path) }
  }

  private static func synchronizeDirectory(of path: String) {
    let descriptor = openFolder(Path.parent(of: path))
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

private func openNew(_ path: String) -> Int32 {
  open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
}

private func openFolder(_ path: String) -> Int32 {
  open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
}

private func writeBytes(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, from offset: Int)
  -> Int
{
  guard let start = buffer.baseAddress else { return 0 }
  return write(descriptor, start + offset, buffer.count - offset)
}
