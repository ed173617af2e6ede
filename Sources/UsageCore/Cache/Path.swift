/// Paths as strings: what joins, splits and resolves them.
public enum Path {
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  public static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  /// The path with every symbolic link followed; nil when it leads nowhere.
  public static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// What a folder holds; nothing when it cannot be read.
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

  /// Makes a folder and those above it, each for its owner only.
  public static func makePrivateDirectory(_ path: String) throws(FileProblem) {
    if mkdir(path, 0o700) == 0 { return }
    switch errno {
    case EEXIST:
      var status = stat()
      guard stat(path, &status) == 0 else { throw FileProblem("open folder", path) }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw FileProblem("open folder", path, ENOTDIR)
      }
      // An older or foreign tool may have left it open to others.
      if status.st_mode & 0o077 != 0 && status.st_uid == geteuid() { chmod(path, 0o700) }
    case ENOENT where path != "/" && path.contains("/"):
      let above = parent(of: path)
      var status = stat()
      if stat(above, &status) != 0 { try makePrivateDirectory(above) }
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw FileProblem("make folder", path)
      }
    default:
      throw FileProblem("make folder", path)
    }
  }
}

extension UnsafeMutablePointer<dirent> {
  /// The entry's name, as `readdir` gave it.
  var name: String {
    withUnsafeBytes(of: &pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
