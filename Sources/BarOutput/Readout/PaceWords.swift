import UsageCore

/// Where a limit is heading, in words.
struct PaceWords {
  let presentation: Presentation
  let now: Moment

  /// `runs out Tue 14:00, 9h before reset`; nil where that is not foreseen.
  func runsOut(_ limit: Limit, _ projection: Projection) -> String? {
    guard let full = projection.runsOutAt, let reset = limit.resetsAt else { return nil }
    let short = Self.roughly(reset.seconds(since: full))
    return "runs out \(presentation.clock(full, now)), \(short) before reset"
  }

  /// `11 an hour`, `12 a day`: points of late, over a time that suits the window. Nil where the history does not say.
  static func rate(_ limit: Limit) -> String? {
    guard let trend = limit.trend, limit.resetsAt != nil else { return nil }
    let isShort = limit.isWithinADay
    guard let points = isShort ? trend.lastHour : trend.lastDay.map({ $0 * 24 }), points >= 0.5
    else { return nil }
    return "\(Int(min(points, 1_000_000).rounded())) \(isShort ? "an hour" : "a day")"
  }

  static func pace(_ projection: Projection) -> String {
    let points = Int(projection.pacePoints.rounded())
    switch points {
    case 0: return "on pace"
    case 1, -1: return "1 point \(points > 0 ? "ahead" : "behind")"
    default: return "\(points.magnitude) points \(points > 0 ? "ahead" : "behind")"
    }
  }

  /// One unit: what is foreseen is not known to the minute.
  private static func roughly(_ seconds: Int64) -> String {
    Words.duration(seconds).split(separator: " ").first.map(String.init) ?? ""
  }
}
