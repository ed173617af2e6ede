/// The use that is expected from now on, in points of the unit.
struct ExpectedUse {
  /// The present rate fades into the learned hours over this time.
  private static let fadingHours = 2.0

  /// A longer wait for a window that will be used up on the way.
  struct Cap {
    /// Points of the unit until the window is used up, now and when it is new.
    var remaining: Double
    let whole: Double
    var resetsAt: Moment
    let seconds: Int64
  }

  let ahead: LocalHours
  let learned: LearnedHours
  /// Points per hour.
  var present = 0.0
  var cap: Cap?

  /// When `points` will have been used, or nil, and how much by `until`.
  func use(_ points: Double, until: Moment) -> (at: Moment?, points: Double) {
    guard let start = ahead.hours.first?.start else { return (nil, 0) }
    var cap = cap
    var used = 0.0
    var at: Moment?
    for hour in ahead.hours {
      let length = hour.length(from: start, until: until)
      guard length > 0 else { break }
      if let known = cap, hour.start >= known.resetsAt {
        cap?.remaining = known.whole
        cap?.resetsAt = hour.start.adding(seconds: known.seconds)
      }
      let distance = Double(hour.start.seconds(since: start)) / 3600 + length / 2
      var expected = pointsPerHour(hour, distance: distance) * length
      if let known = cap {
        expected = min(expected, known.remaining)
        cap?.remaining -= expected
      }
      used += expected
      if at == nil, used >= points, expected > 0 {
        let share = 1 - (used - points) / expected
        at = Moment(exactly: Double(hour.start.seconds) + share * length * 3600)
      }
    }
    return (at, used)
  }

  private func pointsPerHour(_ hour: LocalHours.Hour, distance: Double) -> Double {
    let fading = max(0, 1 - distance / Self.fadingHours)
    return present * fading + learned.pointsPerHour[hour.ofWeek] * (1 - fading)
  }
}
