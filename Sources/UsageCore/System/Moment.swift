import CLibraries

/// A point in time in whole seconds since 1970. Arithmetic saturates, because dates come from outside.
public struct Moment: Comparable, Hashable, Sendable {
  /// Negative before 1970.
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

  /// The system clock, which can be changed.
  public static func now() -> Moment {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Moment(seconds: Int64(time.tv_sec))
  }

  /// A later point, or an earlier one for a negative number.
  public func adding(seconds more: Int64) -> Moment {
    let (sum, overflow) = seconds.addingReportingOverflow(more)
    return Moment(seconds: overflow ? (more > 0 ? .max : .min) : sum)
  }

  /// Seconds from `earlier` to this point; negative when `earlier` is later.
  public func seconds(since earlier: Moment) -> Int64 {
    let (difference, overflow) = seconds.subtractingReportingOverflow(earlier.seconds)
    return overflow ? (seconds > earlier.seconds ? .max : .min) : difference
  }

  /// Whether the two are at most `seconds` apart, in either order.
  public func isWithin(seconds: Int64, of other: Moment) -> Bool {
    (-seconds...seconds).contains(self.seconds(since: other))
  }

  public static func < (left: Moment, right: Moment) -> Bool {
    left.seconds < right.seconds
  }
}
