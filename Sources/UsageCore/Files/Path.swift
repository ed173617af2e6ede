import CLibraries

/// Operations on paths.
public enum Path {
  /// `folder/name`.
  public static func joined(_ folder: String, _ name: String) -> String {
    folder + "/" + name
  }

  /// `.` for a name alone.
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What follows the last slash.
  public static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// False for a symbolic link whose target does not exist, and for a path without search permission.
  public static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// The path with every symbolic link followed; nil when the target does not exist.
  public static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The names of a folder's entries; empty when it cannot be read.
  public static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = entry.name
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Creates a folder and its missing parents. An existing folder keeps its mode.
  public static func makeDirectory(_ path: String, mode: mode_t = 0o755) throws(FileError) {
    if mkdir(path, mode) == 0 || libc_errno() == EEXIST { return }
    guard libc_errno() == ENOENT, path != "/", path.contains("/") else {
      throw FileError("create folder", path)
    }
    try makeDirectory(parent(of: path), mode: mode)
    guard mkdir(path, mode) == 0 || libc_errno() == EEXIST else {
      throw FileError("create folder", path)
    }
  }

  /// Creates a folder and its missing parents, each with mode 0700.
  public static func makePrivateDirectory(_ path: String) throws(FileError) {
    try makeDirectory(path, mode: 0o700)
    guard let status = FileStatus(path) else { throw FileError("open folder", path) }
    guard status.isFolder else { throw FileError("open folder", path, ENOTDIR) }
    // An older version or another tool may have created it readable by others.
    if status.mode & 0o077 != 0 && status.owner == geteuid() { chmod(path, 0o700) }
  }
}

extension UnsafeMutablePointer<dirent> {
  /// The name of an entry that readdir(3) returned.
  var name: String {
    withUnsafeBytes(of: &pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
