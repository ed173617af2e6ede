import UsageCore

/// `2026-11-21T07:50:11Z`, https://www.rfc-editor.org/rfc/rfc3339
public enum RFC3339 {
  /// The time in UTC. Years before 1970 or after 9999 are clamped.
  public static func text(_ moment: Moment) -> String {
    let time = CivilTime(moment)
    let date = "\(time.year)-\(Format.twoDigits(time.month))-\(Format.twoDigits(time.dayOfMonth))"
    let clock = [time.hour, time.minute, time.second].map(Format.twoDigits).joined(separator: ":")
    return "\(date)T\(clock)Z"
  }
}
