/// A fingerprint of what selects the time zone. No file is opened.
public enum TimeZoneStamp {
  /// Changes when `TZ`, or the file that applies without it, changes.
  public static func of(_ environment: Environment) -> Int64 {
    var fingerprint = Fingerprint()
    if let name = environment.valueOrEmpty("TZ") {
      fingerprint.add(name)
      fingerprint.add(environment["TZDIR"] ?? "")
    } else if let status = FileStatus("/etc/localtime") {
      fingerprint.add(status)
    }
    return Int64(bitPattern: fingerprint.value)
  }
}
