/// Reads whole small files: never more than a limit, never from a pipe or a device that could block.
public enum BoundedFile {
  public static func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw FileProblem("read", path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: firstBuffer)
    var length = 0
    while true {
      let arrived = bytes.withUnsafeMutableBytes { buffer in
        UsageCore.read(descriptor, into: buffer, from: length)
      }
      if arrived < 0 && errno == EINTR { continue }
      guard arrived >= 0 else { throw problem(of: descriptor, path) }
      // A pipe that nobody writes to looks like an empty file.
      if arrived == 0 && length == 0 { try checkRegular(descriptor, path) }
      length += arrived
      // A short read is the end of a file, and one call is enough for most.
      if length < bytes.count { break }
      try checkRegular(descriptor, path)
      guard length <= limit else { throw .tooLarge(path: path, limit: limit) }
      bytes.append(contentsOf: [UInt8](repeating: 0, count: bytes.count))
    }
    guard length <= limit else { throw .tooLarge(path: path, limit: limit) }
    bytes.removeLast(bytes.count - length)
    return bytes
  }

  private static let firstBuffer = 4096

  /// Something that is no file, or a file that cannot be read.
  private static func problem(of descriptor: Int32, _ path: String) -> FileProblem {
    let failure = FileProblem("read", path)
    do throws(FileProblem) {
      try checkRegular(descriptor, path)
      return failure
    } catch {
      return error
    }
  }

  private static func checkRegular(_ descriptor: Int32, _ path: String) throws(FileProblem) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path: path) }
  }

  /// The text of a file; bytes that are not UTF-8 are replaced.
  public static func text(_ path: String, limit: Int) throws(FileProblem) -> String {
    String(decoding: try read(path, limit: limit), as: UTF8.self)
  }
}

private func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, from offset: Int)
  -> Int
{
  guard let start = buffer.baseAddress else { return 0 }
  return read(descriptor, start + offset, buffer.count - offset)
}
