/// Hours of the local week, Monday 00:00 first.
enum HourOfWeek {
  static let count = 7 * 24
  /// Saturday and Sunday.
  static let weekend = 5 * 24..<count
  /// 1 January 1970 was a Thursday.
  private static let atEpoch: Int64 = 3 * 24

  /// - Parameter localSeconds: seconds since 1970 plus the UTC offset.
  static func of(_ localSeconds: Int64) -> Int {
    let hours = (localSeconds &- remainder(localSeconds, 3600)) / 3600 &+ atEpoch
    return Int(remainder(hours, Int64(count)))
  }

  /// The end of the hour in which a local time is.
  static func end(of localSeconds: Int64) -> Int64 {
    localSeconds &- remainder(localSeconds, 3600) &+ 3600
  }

  /// Never negative, unlike that of `%`.
  private static func remainder(_ number: Int64, _ divisor: Int64) -> Int64 {
    let remainder = number % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}

/// The local hours from one time to another. The first and the last one may be partial.
struct LocalHours {
  struct Hour {
    let start: Moment
    let end: Moment
    let ofWeek: Int

    /// The part between two times, in hours.
    func length(from: Moment, until: Moment) -> Double {
      Double(max(0, min(end, until).seconds(since: max(start, from)))) / 3600
    }
  }

  let hours: [Hour]

  init(from: Moment, until: Moment, utcOffset: (Moment) -> Int64) {
    var hours: [Hour] = []
    var time = from
    while time < until {
      let local = time.seconds &+ utcOffset(time)
      let end = min(until, time.adding(seconds: HourOfWeek.end(of: local) &- local))
      hours.append(Hour(start: time, end: end, ofWeek: HourOfWeek.of(local)))
      time = end
    }
    self.hours = hours
  }
}
