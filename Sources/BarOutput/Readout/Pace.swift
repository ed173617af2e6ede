import UsageCore

extension Limit {
  /// A single long response at the start of a window would look like a trend.
  private static let leastElapsedShare = 0.03

  /// Percentage points over an even pace when the data was read, negative when under it; nil when the window is not
  /// running, used up, or has just started.
  func pacePoints(at now: Moment) -> Double? {
    guard let used = usedPercent, used < 100, let resetsAt, resetsAt > now,
      let elapsed = elapsedShare(at: takenAt), elapsed >= Self.leastElapsedShare
    else { return nil }
    return used - elapsed * 100
  }

  /// When it will be used up; nil when it lasts until its reset, or when that is unknown.
  func expectedEnd(at now: Moment) -> Forecast.End? {
    guard !isFull, let resetsAt, let end = trend?.forecast?.end, end.at > now, end.at < resetsAt
    else { return nil }
    return end
  }

  /// `expectedEnd`, if it is certain enough to be shown.
  public func runsOut(at now: Moment) -> Forecast.End? {
    expectedEnd(at: now).flatMap { $0.isShown ? $0 : nil }
  }

  /// At the reset; the present percentage when nothing is expected.
  var expectedPercent: Double {
    let used = usedPercent ?? -1
    guard !isFull, resetsAt != nil, let percent = trend?.forecast?.percentAtReset else {
      return used
    }
    return max(used, percent)
  }
}

/// The wording of paces and forecasts.
struct PaceText {
  // A time is given for an end within these, a part of the day for one within those, else the day.
  private static let exactSeconds: Int64 = 3 * 3600
  private static let partOfDaySeconds: Int64 = 18 * 3600

  let presentation: Presentation
  let now: Moment

  /// `runs out Tue 14:00, 9h before reset`, `runs out Tuesday afternoon`.
  func runsOut(_ limit: Limit) -> String? {
    guard let end = limit.runsOut(at: now), let reset = limit.resetsAt else { return nil }
    let early = Format.duration(reset.seconds(since: end.at)).split(separator: " ").first ?? ""
    return "runs out \(time(end)), \(early) before reset"
  }

  /// As exact as it is known: `14:00`, `Tue 14:00`, `Tuesday afternoon`, `around 27 Oct`.
  func time(_ end: Forecast.End) -> String {
    let width = end.latest.seconds(since: end.earliest)
    if width <= Self.exactSeconds { return presentation.clock(end.at, now, .time) }
    if width <= Self.partOfDaySeconds { return presentation.clock(end.at, now, .partOfDay) }
    return "around \(presentation.clock(end.at, now, .day))"
  }

  /// `11 points an hour`, `12 points a day`.
  static func rate(_ limit: Limit) -> String? {
    guard let trend = limit.trend, limit.resetsAt != nil else { return nil }
    guard let points = limit.isShort ? trend.lastHour : trend.lastDay.map({ $0 * 24 }),
      points >= 0.5, let rounded = min(points, 1_000_000).roundedInteger
    else { return nil }
    return "\(count(rounded)) \(limit.isShort ? "an hour" : "a day")"
  }

  /// Worded so that bad news cannot be read as good.
  static func pace(_ points: Double) -> String {
    let points = points.roundedInteger ?? 0
    if points == 0 { return "at an even pace" }
    return "\(count(abs(points))) \(points > 0 ? "over" : "under") an even pace"
  }

  private static func count(_ points: Int) -> String {
    points == 1 ? "1 point" : "\(points) points"
  }
}
