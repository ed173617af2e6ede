import UsageCore

/// How fast a limit is being used up, as far as its window and the history tell.
enum UseRate {
  private static let daySeconds = 86_400.0
  private static let workingDaySeconds = 8.0 * 3600
  /// For so long somebody who works goes on working.
  private static let hoursToGo = 3.0

  /// - Parameter elapsed: seconds since the window began.
  static func pointsPerHour(of limit: Limit, used: Double, elapsed: Double) -> Double {
    let average = used / elapsed * 3600
    if limit.isWithinADay {
      // Somebody who rests for a while goes on as before; somebody who speeds up is at the limit sooner.
      return max(average, limit.trend?.lastHour ?? 0)
    }
    // The last day has its night in it, and knows what has changed since the window began. What is nearly used up will
    // not see the night.
    if let lastDay = limit.trend?.lastDay {
      let lastHour = limit.trend?.lastHour ?? 0
      return (100 - used) <= lastHour * hoursToGo ? max(lastDay, lastHour) : lastDay
    }
    // Before a first day is over nobody knows of its night: it goes on for a working day, and that is a day's use.
    guard elapsed < daySeconds else { return average }
    return average * max(elapsed, workingDaySeconds) / daySeconds
  }
}
