import CLibraries

/// The time zone of the machine.
public enum LocalTime {
  /// Seconds that local clocks are ahead of UTC.
  public static func utcOffset(at moment: Moment) -> Int64 {
    var seconds = time_t(moment.seconds)
    var parts = tm()
    return localtime_r(&seconds, &parts) == nil ? 0 : Int64(parts.tm_gmtoff)
  }
}

/// A calendar date and a time of day.
public struct CivilTime: Equatable, Sendable {
  /// Days since 1 January 1970.
  public let day: Int64
  /// 1970 to 9999.
  public let year: Int64
  /// 1 to 12.
  public let month: Int64
  /// 1 to 31.
  public let dayOfMonth: Int64
  /// 0 is Sunday.
  public let weekday: Int64
  /// 0 to 23.
  public let hour: Int64
  /// 0 to 59.
  public let minute: Int64
  /// 0 to 59.
  public let second: Int64

  /// The time on a clock that is `utcOffset` seconds ahead of UTC. Years before 1970 or after 9999 are clamped.
  public init(_ moment: Moment, utcOffset: Int64 = 0) {
    let seconds = min(max(moment.adding(seconds: utcOffset).seconds, 0), Moment.endOfYears.seconds)
    day = seconds / 86_400
    // 1 January 1970 was a Thursday.
    weekday = (day + 4) % 7
    hour = seconds / 3600 % 24
    minute = seconds / 60 % 60
    second = seconds % 60
    // https://howardhinnant.github.io/date_algorithms.html#civil_from_days
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

/// A day in the user's time zone, 23 to 25 hours long.
struct LocalDay: Equatable {
  let start: Moment
  let end: Moment

  init(around now: Moment) {
    start = Self.midnight(now, daysAhead: 0) ?? Moment(seconds: now.seconds - now.seconds % 86_400)
    end = Self.midnight(now, daysAhead: 1) ?? start.adding(seconds: 86_400)
  }

  private static func midnight(_ now: Moment, daysAhead: Int32) -> Moment? {
    var seconds = time_t(now.seconds)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return nil }
    parts.tm_sec = 0
    parts.tm_min = 0
    parts.tm_hour = 0
    parts.tm_mday += daysAhead
    parts.tm_isdst = -1
    let midnight = mktime(&parts)
    return midnight == -1 ? nil : Moment(seconds: Int64(midnight))
  }
}
