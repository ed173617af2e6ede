import UsageCore

/// The pace of a limit, and when it will be used up.
public struct Projection: Equatable, Sendable {
  /// Why there is no projection.
  public enum Unavailable: Error, Equatable, Sendable, CaseIterable {
    /// No percentage, or no running window.
    case noWindow
    /// Already used up.
    case full
    /// A single long response would look like a trend.
    case justStarted
    /// The data is older than the window, or the window has ended since.
    case otherWindow
  }

  static let minimumElapsedShare = 0.03
  /// An end closer to the reset than this is within the error of whole percentages.
  static let minimumMarginShare = 0.03

  /// Percentage points over an even pace; negative when under it.
  public let pacePoints: Double
  /// When the limit is used up at the current rate, if that is before its reset.
  public let fullAt: Moment?
  /// `fullAt` is far enough before the reset to be shown.
  public let isCertain: Bool

  /// Computed as of the time of the data.
  public static func of(_ limit: Limit, now: Moment) -> Result<Projection, Unavailable> {
    guard let used = limit.usedPercent, let start = limit.startedAt, let reset = limit.resetsAt,
      reset > start
    else { return .failure(.noWindow) }
    guard used < 100 else { return .failure(.full) }
    let taken = limit.takenAt
    guard now < reset, let elapsedShare = limit.elapsedShare(at: taken) else {
      return .failure(.otherWindow)
    }
    guard elapsedShare >= minimumElapsedShare else { return .failure(.justStarted) }

    let pace = used - elapsedShare * 100
    let length = Double(reset.seconds(since: start))
    let pointsPerHour = rate(
      of: limit, used: used, elapsedSeconds: elapsedShare * length, windowSeconds: length)
    guard pointsPerHour > 0,
      let full = Moment(exactly: Double(taken.seconds) + (100 - used) / pointsPerHour * 3600),
      full < reset, full > now
    else { return .success(Projection(pacePoints: pace, fullAt: nil, isCertain: false)) }
    let isCertain = Double(reset.seconds(since: full)) > length * minimumMarginShare
    return .success(Projection(pacePoints: pace, fullAt: full, isCertain: isCertain))
  }

  public init?(of limit: Limit, now: Moment) {
    guard case .success(let projection) = Self.of(limit, now: now) else { return nil }
    self = projection
  }

  /// When the limit runs out, if that is certain enough to be shown.
  public var runsOutAt: Moment? { isCertain ? fullAt : nil }

  private init(pacePoints: Double, fullAt: Moment?, isCertain: Bool) {
    self.pacePoints = pacePoints
    self.fullAt = fullAt
    self.isCertain = isCertain
  }

  private static let daySeconds = 86_400.0
  private static let workingDaySeconds = 8.0 * 3600
  /// How long somebody who is working is assumed to continue.
  private static let workingHours = 3.0
  /// The rate of the last day is used for windows up to this length.
  private static let daysOfLastDayRule = 10.0

  /// Percentage points per hour.
  private static func rate(
    of limit: Limit, used: Double, elapsedSeconds: Double, windowSeconds: Double
  ) -> Double {
    let average = used / elapsedSeconds * 3600
    let lastHour = limit.trend?.lastHour ?? 0
    if limit.isShort { return max(average, lastHour) }
    // The last day includes a night. A month also has weekends, and days unlike the last one.
    let isMonthLike = windowSeconds > daysOfLastDayRule * daySeconds
    let daily = isMonthLike ? nil : limit.trend?.lastDay
    let usual = daily ?? averageOfDays(average, elapsedSeconds: elapsedSeconds)
    // What the next hours use up does not last until the next night.
    return 100 - used <= lastHour * workingHours ? max(usual, lastHour) : usual
  }

  /// On the first day, the use so far counts as that of a whole day.
  private static func averageOfDays(_ average: Double, elapsedSeconds: Double) -> Double {
    guard elapsedSeconds < daySeconds else { return average }
    return average * max(elapsedSeconds, workingDaySeconds) / daySeconds
  }
}

/// The wording of projections.
struct PaceText {
  let presentation: Presentation
  let now: Moment

  /// `runs out Tue 14:00, 9h before reset`.
  func runsOut(_ limit: Limit, _ projection: Projection) -> String? {
    guard let full = projection.runsOutAt, let reset = limit.resetsAt else { return nil }
    let early = Format.duration(reset.seconds(since: full)).split(separator: " ").first ?? ""
    return "runs out \(presentation.clock(full, now)), \(early) before reset"
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
  static func pace(_ projection: Projection) -> String {
    let points = projection.pacePoints.roundedInteger ?? 0
    if points == 0 { return "at an even pace" }
    return "\(count(abs(points))) \(points > 0 ? "over" : "under") an even pace"
  }

  private static func count(_ points: Int) -> String {
    points == 1 ? "1 point" : "\(points) points"
  }
}
