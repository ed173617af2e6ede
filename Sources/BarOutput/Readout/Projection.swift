import UsageCore

/// Where a limit is heading.
public struct Projection: Equatable, Sendable {
  /// Why nothing is foreseen.
  public enum Held: Error, Equatable, Sendable, CaseIterable {
    /// There is no share, or no window with a beginning and an end: nothing to measure time against.
    case noWindow
    /// It is full already: what is to be said is when it opens.
    case full
    /// Under 3 % of the window has passed: one long answer would look like a trend.
    case justBegun
    /// The figures are older than the window, or it has ended since: they say nothing of it.
    case otherWindow
  }

  static let leastElapsedShare = 0.03
  /// The service counts whole percents.
  static let leastShortShare = 0.03

  /// Points of used beyond what the elapsed time would justify; negative when there is room.
  public let pacePoints: Double
  /// When it is full at this rate, if that is before its reset.
  public let fullAt: Moment?
  /// It is not nearer to the reset than the figures are exact: worth saying.
  public let isCertain: Bool

  /// What the figures foresee, as of `limit.takenAt`: time that has passed since has brought no news.
  public static func of(_ limit: Limit, now: Moment) -> Result<Projection, Held> {
    guard let used = limit.usedPercent, let start = limit.startedAt, let reset = limit.resetsAt,
      reset > start
    else { return .failure(.noWindow) }
    guard used < 100 else { return .failure(.full) }
    let taken = limit.takenAt
    guard taken >= start, taken <= reset, now < reset else { return .failure(.otherWindow) }
    let length = Double(reset.seconds(since: start))
    let elapsed = Double(taken.seconds(since: start))
    guard elapsed / length >= leastElapsedShare else { return .failure(.justBegun) }

    let pace = used - elapsed / length * 100
    let pointsPerHour = UseRate.pointsPerHour(of: limit, used: used, elapsed: elapsed)
    guard pointsPerHour > 0,
      let full = Moment(exactly: Double(taken.seconds) + (100 - used) / pointsPerHour * 3600),
      // Foreseen for a time that has passed without news: it did not happen, or nobody knows.
      full < reset, full > now
    else { return .success(Projection(pacePoints: pace, fullAt: nil, isCertain: false)) }
    let isCertain = Double(reset.seconds(since: full)) > length * leastShortShare
    return .success(Projection(pacePoints: pace, fullAt: full, isCertain: isCertain))
  }

  /// Nil while there is too little to say anything.
  public init?(of limit: Limit, now: Moment) {
    guard case .success(let projection) = Self.of(limit, now: now) else { return nil }
    self = projection
  }

  /// When it runs out, where that is worth saying.
  public var runsOutAt: Moment? { isCertain ? fullAt : nil }

  private init(pacePoints: Double, fullAt: Moment?, isCertain: Bool) {
    self.pacePoints = pacePoints
    self.fullAt = fullAt
    self.isCertain = isCertain
  }
}
