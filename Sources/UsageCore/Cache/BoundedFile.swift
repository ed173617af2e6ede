/// Reads whole small files: never more than a limit, never from a pipe or a device that could block.
public enum BoundedFile {
  public static func read(_ path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw FileProblem("read", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileProblem("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile(path: path) }
    guard status.st_size <= limit else { throw .tooLarge(path: path, limit: limit) }

    // One byte more than expected: a short read then means the end, and one call is enough.
    var bytes = [UInt8](repeating: 0, count: max(Int(status.st_size), smallestBuffer) + 1)
    var length = 0
    while true {
      let arrived = bytes.withUnsafeMutableBytes { buffer in
        UsageCore.read(descriptor, into: buffer, from: length)
      }
      if arrived < 0 && errno == EINTR { continue }
      guard arrived >= 0 else { throw FileProblem("read", path) }
      length += arrived
      if length < bytes.count { break }
      guard length <= limit else { throw .tooLarge(path: path, limit: limit) }
      bytes.append(contentsOf: [UInt8](repeating: 0, count: bytes.count))
    }
    bytes.removeLast(bytes.count - length)
    return bytes
  }

  /// Files of /proc say that they are empty.
  private static let smallestBuffer = 63

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
