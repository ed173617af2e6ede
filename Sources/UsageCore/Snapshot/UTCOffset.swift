/// A period in which local clocks keep the same offset from UTC.
///
/// A refresh stores the current one, so that a print does not have to load the time zone.
public struct UTCOffset: Equatable, Sendable {
  private static let longestDays: Int64 = 40
  /// What POSIX allows in TZ: up to 24 hours and 59 minutes, and a summer time.
  static let range: ClosedRange<Int64> = -26 * 3600...26 * 3600

  /// `TimeZoneStamp` of the time zone.
  public let zone: Int64
  /// Seconds that local clocks are ahead of UTC.
  public let seconds: Int64
  let from: Moment
  let until: Moment
}

extension UTCOffset {
  /// The period around `now`, to the day.
  init(zone: Int64, around now: Moment, utcOffset: (Moment) -> Int64 = LocalTime.utcOffset) {
    let seconds = utcOffset(now)
    func end(_ step: Int64) -> Moment {
      var end = now
      for days in 1...Self.longestDays {
        let next = now.adding(seconds: days * step * 86_400)
        guard utcOffset(next) == seconds else { break }
        end = next
      }
      return end
    }
    self.init(zone: zone, seconds: seconds, from: end(-1), until: end(1))
  }

  /// Whether the offset is known to apply at a time.
  public func covers(_ moment: Moment) -> Bool {
    moment >= from && moment <= until
  }
}
