/// A fingerprint of droid's login files, from one stat(2) each. No file is opened.
public enum LoginStamp {
  /// Changes when a file is written, created or removed. 16 hexadecimal digits.
  public static func of(factoryDirectory: String) -> String {
    var fingerprint = Fingerprint()
    let prefix = factoryDirectory + "/"
    for name in LoginStoreKind.files.map({ $0.rawValue }) + [APIKey.dotEnvName] {
      if let status = FileStatus(prefix + name) {
        fingerprint.add(status)
      } else {
        fingerprint.add("-")
      }
    }
    return fingerprint.text
  }
}
