/// droid's `<uuid>.settings.json` files, found without opening one.
struct SessionFiles {
  struct Found {
    let path: String
    /// Names the file in the index.
    let key: UInt64
    let modifiedNanoseconds: Int64
  }

  private static let suffix = ".settings.json"
  private static let deepest = 8
  /// Far beyond any history of sessions: a folder that is something else costs no more than this.
  private static let most = 200_000

  let folder: String

  /// `DROID_SESSIONS_DIR`, else the folder beside the login.
  init(places: Places, environment: Environment) {
    folder = environment["DROID_SESSIONS_DIR"] ?? places.factoryDirectory + "/sessions"
  }

  func all() -> [Found] {
    var found: [Found] = []
    walk(folder, depth: 0, into: &found)
    return found
  }

  private func walk(_ folder: String, depth: Int, into found: inout [Found]) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    let descriptor = dirfd(stream)
    while found.count < Self.most, let entry = readdir(stream) {
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      let mayBeFile =
        entry.pointee.d_type == UInt8(DT_REG) || entry.pointee.d_type == UInt8(DT_UNKNOWN)
      let name = entry.name
      if isFolder, depth < Self.deepest, !name.hasPrefix(".") {
        walk(folder + "/" + name, depth: depth + 1, into: &found)
      }
      var status = stat()
      guard mayBeFile, name.utf8.count > Self.suffix.utf8.count, name.hasSuffix(Self.suffix),
        fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { continue }
      var key = Fingerprint()
      // The session's own name: a file that is moved stays the same session.
      key.add(name)
      found.append(
        Found(
          path: folder + "/" + name, key: key.value,
          modifiedNanoseconds: Self.nanoseconds(status.modified)))
    }
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue
      &+ Int64(time.tv_nsec)
  }
}
