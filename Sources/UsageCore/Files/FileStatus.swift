import CLibraries

/// The result of stat(2).
public struct FileStatus {
  private let status: stat

  /// Follows symbolic links. Nil when there is no such file.
  public init?(_ path: String) {
    self.init { status in path.withCString { stat($0, &status) } }
  }

  /// The file itself, or the symbolic link.
  init?(link path: String) {
    self.init { lstat(path, &$0) }
  }

  init?(descriptor: Int32) {
    self.init { fstat(descriptor, &$0) }
  }

  private init?(_ read: (inout stat) -> Int32) {
    var status = stat()
    guard read(&status) == 0 else { return nil }
    self.status = status
  }

  /// Not a folder, link, pipe or device.
  public var isRegular: Bool { status.st_mode & Self.typeMask == 0o100000 }
  var isFolder: Bool { status.st_mode & Self.typeMask == 0o040000 }
  /// The permission bits.
  public var mode: UInt32 { UInt32(status.st_mode & 0o7777) }
  /// The user ID.
  public var owner: UInt32 { status.st_uid }
  var size: Int64 { Int64(status.st_size) }
  var inode: UInt64 { UInt64(status.st_ino) }
  var modified: ModificationTime {
    let time = status.modified
    return ModificationTime(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }

  private static let typeMask: mode_t = 0o170000
}

extension Fingerprint {
  /// Adds what changes when a file is written or replaced.
  mutating func add(_ status: FileStatus) {
    add(Int64(bitPattern: status.inode))
    add(status.size)
    add(status.modified.seconds)
    add(status.modified.nanoseconds)
  }
}

/// When a file was last written, in the resolution of the file system.
public struct ModificationTime: Comparable, Sendable {
  /// Since 1970.
  public let seconds: Int64
  /// Of the second, 0 to 999,999,999.
  public let nanoseconds: Int64

  var moment: Moment { Moment(seconds: seconds) }

  public static func < (left: ModificationTime, right: ModificationTime) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

#if canImport(Darwin)
  extension stat {
    fileprivate var modified: timespec { st_mtimespec }
  }
#else
  extension stat {
    fileprivate var modified: timespec { st_mtim }
  }
#endif
