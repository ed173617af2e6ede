/// How droid's login files look from outside: one `stat` each, none is opened.
public enum LoginStamp {
  public static func of(factoryDirectory: String) -> String {
    var fingerprint = Fingerprint()
    // One after the other rather than a list: every print would have to make that list first.
    add(.file, in: factoryDirectory, to: &fingerprint)
    add(.keyring, in: factoryDirectory, to: &fingerprint)
    add(.loginKeychain, in: factoryDirectory, to: &fingerprint)
    add(.encrypted, in: factoryDirectory, to: &fingerprint)
    add(.plain, in: factoryDirectory, to: &fingerprint)
    add(factoryDirectory + "/" + APIKey.dotEnvName, to: &fingerprint)
    return fingerprint.text
  }

  private static func add(
    _ kind: LoginStoreKind, in factoryDirectory: String, to fingerprint: inout Fingerprint
  ) {
    add(factoryDirectory + "/" + kind.rawValue, to: &fingerprint)
  }

  private static func add(_ path: String, to fingerprint: inout Fingerprint) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      fingerprint.add("-")
      return
    }
    fingerprint.add(Int64(truncatingIfNeeded: status.st_ino))
    fingerprint.add(Int64(status.st_size))
    fingerprint.add(Int64(status.modified.tv_sec))
    fingerprint.add(Int64(status.modified.tv_nsec))
  }
}

extension stat {
  /// When the content last changed; the field has another name on each system.
  var modified: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }
}
