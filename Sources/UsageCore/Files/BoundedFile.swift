import CLibraries

/// Reads whole small files, never more than a limit and never from a pipe or device, which could block.
public enum BoundedFile {
  /// The bytes of a file. Throws when there are more than `limit`, or when it is not a regular file.
  public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let descriptor = path.withCString {
      libc_open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0)
    }
    guard descriptor >= 0 else { throw FileError("read", path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 2048)
    var length = 0
    while true {
      let room = bytes.count - length
      let count = bytes.withUnsafeMutableBytes { buffer in
        CLibraries.read(descriptor, buffer.baseAddress.map { $0 + length }, room)
      }
      if count < 0 && libc_errno() == EINTR { continue }
      guard count >= 0 else {
        let problem = FileError("read", path)
        try checkRegular(descriptor, path)
        throw problem
      }
      length += count
      guard length <= limit else { throw .tooLarge(path: path, limit: limit) }
      // One short read is a whole small file. Anything else could be a pipe or a device.
      if length > 0 && count < room { break }
      try checkRegular(descriptor, path)
      if count == 0 { break }
      bytes.append(contentsOf: [UInt8](repeating: 0, count: bytes.count))
    }
    bytes.removeLast(bytes.count - length)
    return bytes
  }

  private static func checkRegular(_ descriptor: Int32, _ path: String) throws(FileError) {
    guard let status = FileStatus(descriptor: descriptor) else { throw FileError("read", path) }
    guard status.isRegular else { throw .notARegularFile(path: path) }
  }

  /// The text of a file. Invalid UTF-8 is replaced.
  public static func text(_ path: String, limit: Int) throws(FileError) -> String {
    String(decoding: try read(path, limit: limit), as: UTF8.self)
  }
}
