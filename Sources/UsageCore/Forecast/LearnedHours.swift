/// The expected use in each hour of the local week, learned from the samples.
package struct LearnedHours {
  // Weights of an observed hour, by how much its day is like the expected one.
  private static let sameWeekday = 4.0
  private static let sameKindOfDay = 1.0
  private static let otherKindOfDay = 0.05
  private static let neighbouringHour = 0.25
  /// The usual variance of a day's use, relative to the square of the average, and the days of history for which it
  /// counts.
  private static let usualVariance = (variance: 0.25, days: 10.0)
  /// The average counts like this many observed hours.
  private static let averageHours = 0.1

  /// Percentage points of the unit per hour.
  package let pointsPerHour: [Double]
  let observedHours: Double

  /// `average` is in points per hour, for hours that were never observed.
  init(_ activity: [Activity], average: Double) {
    var points = [Double](repeating: 0, count: HourOfWeek.count)
    var hours = points
    for one in activity {
      one.eachHour { ofWeek, length in
        points[ofWeek] += one.pointsPerHour * length
        hours[ofWeek] += length
      }
    }
    observedHours = hours.reduce(0, +)
    pointsPerHour = (0..<HourOfWeek.count).map { hour in
      var sum = average * Self.averageHours
      var weights = Self.averageHours
      for day in 0..<7 {
        let dayWeight = Self.weight(of: day, for: hour / 24)
        for (distance, weight) in [
          (-1, dayWeight * Self.neighbouringHour), (0, dayWeight),
          (1, dayWeight * Self.neighbouringHour),
        ] {
          let other = (day * 24 + hour % 24 + distance + HourOfWeek.count) % HourOfWeek.count
          sum += weight * points[other]
          weights += weight * hours[other]
        }
      }
      return sum / weights
    }
  }

  /// The variance of this person's use in a day, relative to the square of the average.
  func dayVariance(_ activity: [Activity]) -> Double {
    var sum = 0.0
    var difference = 0.0
    var day = 0
    for one in activity {
      one.eachHour { ofWeek, length in
        if ofWeek / 24 != day {
          sum += abs(difference)
          difference = 0
          day = ofWeek / 24
        }
        difference += (one.pointsPerHour - pointsPerHour[ofWeek]) * length
      }
    }
    let days = observedHours / 24
    guard days > 0, pointsPerDay > 0 else { return Self.usualVariance.variance }
    // From the mean deviation, because a holiday would dominate the squares. The standard deviation of a normal
    // distribution is 1.25 times as large.
    let deviation = 1.25 * (sum + abs(difference)) / days / pointsPerDay
    let usual = Self.usualVariance
    return (deviation * deviation * days + usual.variance * usual.days) / (days + usual.days)
  }

  private static func weight(of day: Int, for expected: Int) -> Double {
    if day == expected { return sameWeekday }
    let isSameKind =
      HourOfWeek.weekend.contains(day * 24) == HourOfWeek.weekend.contains(expected * 24)
    return isSameKind ? sameKindOfDay : otherKindOfDay
  }

  var pointsPerDay: Double { pointsPerHour.reduce(0, +) / 7 }
}
