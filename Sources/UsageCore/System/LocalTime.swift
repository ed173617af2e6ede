import CLibraries

/// The time zone of the machine.
package enum LocalTime {
  /// Seconds that local clocks are ahead of UTC.
  package static func utcOffset(at moment: Moment) -> Int64 {
    var seconds = time_t(moment.seconds)
    var parts = tm()
    return localtime_r(&seconds, &parts) == nil ? 0 : Int64(parts.tm_gmtoff)
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
