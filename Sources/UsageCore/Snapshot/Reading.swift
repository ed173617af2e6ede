/// What one print has to go on: a snapshot, how fresh it is, and what is wrong.
public struct Reading: Equatable, Sendable {
  public var figures: Snapshot.Figures?
  public var problem: Problem?
  /// The figures are past their time to live and could not be renewed.
  public var isStale: Bool
  public var now: Moment

  public init(figures: Snapshot.Figures?, problem: Problem?, isStale: Bool, now: Moment) {
    self.figures = figures
    self.problem = problem
    self.isStale = isStale
    self.now = now
  }

  /// Seconds since the service gave the figures; never negative.
  public var ageSeconds: Int64? {
    figures.map { max(0, now.seconds(since: $0.takenAt)) }
  }
}
