import UsageCore

/// `2026-11-21T07:50:11Z`, https://www.rfc-editor.org/rfc/rfc3339
public enum RFC3339 {
  /// The time in UTC. Years before 1970 or after 9999 are clamped.
  public static func text(_ moment: Moment) -> String {
    let seconds = min(max(moment.seconds, 0), Moment.endOfYears.seconds)
    let (year, month, day) = date(ofDay: seconds / 86_400)
    let rest = seconds % 86_400
    let time = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    return "\(year)-\(two(month))-\(two(day))T\(time)Z"
  }

  private static func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// https://howardhinnant.github.io/date_algorithms.html#civil_from_days
  private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
