import UsageCore

/// Where a limit is heading, in words.
struct PaceWords {
  let presentation: Presentation
  let now: Moment

  /// `12 points ahead · runs out Tue 14:00, 9h before reset`; nil while there is too little to say it.
  func sentence(_ limit: Limit) -> String? {
    guard let projection = Projection(of: limit, now: now) else { return nil }
    let pace = Self.pace(projection)
    return runsOut(projection).map { "\(pace) · \($0)" } ?? pace
  }

  func runsOut(_ projection: Projection) -> String? {
    guard let full = projection.fullAt, let short = projection.secondsShort else { return nil }
    return "runs out \(presentation.clock(full, now)), \(Self.roughly(short)) before reset"
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
