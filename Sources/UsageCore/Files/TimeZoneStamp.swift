/// A fingerprint of what selects the time zone. No file is opened.
public enum TimeZoneStamp {
  /// Changes when `TZ` or, without it, /etc/localtime changes.
  public static func of(_ environment: Environment) -> Int64 {
    var fingerprint = Fingerprint()
    if let name = environment.valueOrEmpty("TZ") {
      fingerprint.add(name)
    } else if let status = FileStatus(link: "/etc/localtime") {
      fingerprint.add(status)
    }
    return Int64(bitPattern: fingerprint.value)
  }
}
