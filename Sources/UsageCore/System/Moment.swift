import CLibraries

/// A point in time in whole seconds since 1970. Arithmetic saturates, because dates come from outside.
public struct Moment: Comparable, Hashable, Sendable {
  public let seconds: Int64

  public init(seconds: Int64) {
    self.seconds = seconds
  }

  /// Nil when the number is not finite or beyond the year 9999.
  public init?(exactly seconds: Double) {
    guard seconds.isFinite, abs(seconds) <= Double(Moment.endOfYears.seconds) else { return nil }
    let whole = Int64(seconds)
    self.seconds = Double(whole) > seconds ? whole - 1 : whole
  }

  /// The last second of the year 9999.
  public static let endOfYears = Moment(seconds: 253_402_300_799)

  public static func now() -> Moment {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Moment(seconds: Int64(time.tv_sec))
  }

  public func adding(seconds more: Int64) -> Moment {
    let (sum, overflow) = seconds.addingReportingOverflow(more)
    return Moment(seconds: overflow ? (more > 0 ? .max : .min) : sum)
  }

  /// Seconds from `earlier` to this point; negative when `earlier` is later.
  public func seconds(since earlier: Moment) -> Int64 {
    let (difference, overflow) = seconds.subtractingReportingOverflow(earlier.seconds)
    return overflow ? (seconds > earlier.seconds ? .max : .min) : difference
  }

  public static func < (left: Moment, right: Moment) -> Bool {
    left.seconds < right.seconds
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
