import CLibraries

/// An error about a file. Its sentence names the path and never the content.
public enum FileError: Error, Equatable, Sendable {
  case missing(path: String)
  case notARegularFile(path: String)
  case tooLarge(path: String, limit: Int)
  case failed(operation: String, path: String, errno: Int32)

  init(_ operation: String, _ path: String, _ number: Int32 = libc_errno()) {
    self =
      number == ENOENT
      ? .missing(path: path) : .failed(operation: operation, path: path, errno: number)
  }

  /// A sentence without its period.
  public var sentence: String {
    switch self {
    case .missing(let path): "\(path) does not exist"
    case .notARegularFile(let path): "\(path) is not a regular file"
    case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes"
    case .failed(let operation, let path, let number):
      "cannot \(operation) \(path): \(String(cString: strerror(number)))"
    }
  }
}
