/// How droid's login files look from outside: one `stat` each, none is opened.
public enum LoginStamp {
  public static func of(factoryDirectory: String) -> String {
    var fingerprint = Fingerprint()
    for name in LoginStoreKind.fileNames + [APIKey.dotEnvName] {
      var status = stat()
      guard stat(factoryDirectory + "/" + name, &status) == 0 else {
        fingerprint.add("-")
        continue
      }
      fingerprint.add(Int64(truncatingIfNeeded: status.st_ino))
      fingerprint.add(Int64(status.st_size))
      fingerprint.add(Int64(status.modified.tv_sec))
      fingerprint.add(Int64(status.modified.tv_nsec))
    }
    return fingerprint.text
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
