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

  /// Points of used beyond what the elapsed time would justify; negative when there is room.
  public let pacePoints: Double
  /// When it is full at this rate, if that is before its reset.
  public let fullAt: Moment?
  /// How long before its reset that is.
  public let secondsShort: Int64?

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
    let pointsPerHour = limit.trailingRate ?? used / elapsed * 3600
    guard pointsPerHour > 0,
      let full = Moment(exactly: Double(taken.seconds) + (100 - used) / pointsPerHour * 3600),
      // Foreseen for a time that has passed without news: it did not happen, or nobody knows.
      full < reset, full > now
    else { return .success(Projection(pacePoints: pace, fullAt: nil, secondsShort: nil)) }
    return .success(
      Projection(pacePoints: pace, fullAt: full, secondsShort: reset.seconds(since: full)))
  }

  /// Nil while there is too little to say anything.
  public init?(of limit: Limit, now: Moment) {
    guard case .success(let projection) = Self.of(limit, now: now) else { return nil }
    self = projection
  }

  private init(pacePoints: Double, fullAt: Moment?, secondsShort: Int64?) {
    self.pacePoints = pacePoints
    self.fullAt = fullAt
    self.secondsShort = secondsShort
  }
}

extension Limit {
  /// Points an hour, over a time that is short beside the window and long beside a pause in it: nights belong to a
  /// week, not to five hours. Nil where the history does not say; then it is the average since the window began.
  var trailingRate: Double? {
    guard let trend, let start = startedAt, let reset = resetsAt else { return nil }
    return reset.seconds(since: start) <= 86_400 ? trend.lastHour : trend.lastDay
  }
}
