/// A fingerprint of droid's login files, from one stat(2) each. No file is opened.
public enum LoginStamp {
  /// Changes when a file is written, created or removed. 16 hexadecimal digits.
  public static func of(factoryDirectory: String) -> String {
    var fingerprint = Fingerprint()
    for name in LoginStoreKind.files.map({ $0.rawValue }) + [APIKey.dotEnvName] {
      guard let status = FileStatus(Path.joined(factoryDirectory, name)) else {
        fingerprint.add("-")
        continue
      }
      fingerprint.add(Int64(bitPattern: status.inode))
      fingerprint.add(status.size)
      fingerprint.add(status.modified.seconds)
      fingerprint.add(status.modified.nanoseconds)
    }
    return fingerprint.text
  }
}
