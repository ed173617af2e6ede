import UsageCore

/// Where a limit is heading, from its use since it began.
public struct Projection: Equatable, Sendable {
  /// Under this share of the window, one long answer would look like a trend.
  static let leastElapsedShare = 0.03

  /// Points of used beyond what the elapsed time would justify; negative when there is room.
  public let pacePoints: Double
  /// When it is full at this rate, if that is before its reset.
  public let fullAt: Moment?

  /// Nil while there is too little to say anything.
  public init?(of limit: Limit, now: Moment) {
    guard let used = limit.usedPercent, let start = limit.startedAt, let reset = limit.resetsAt
    else { return nil }
    let length = Double(reset.seconds(since: start))
    let elapsed = Double(now.seconds(since: start))
    guard length > 0, elapsed / length >= Self.leastElapsedShare, elapsed <= length else {
      return nil
    }
    pacePoints = used - elapsed / length * 100
    guard used > 0, used < 100 else {
      fullAt = nil
      return
    }
    let secondsToFull = (100 - used) / (used / elapsed)
    let full = Moment(exactly: Double(now.seconds) + secondsToFull)
    fullAt = full.flatMap { $0 < reset ? $0 : nil }
  }
}
