/// The cached state of one account: its usage, and why the last refresh failed.
public struct Snapshot: Equatable, Sendable {
  /// The response of the service, and what a refresh computed from it.
  public struct UsageData: Equatable, Sendable {
    /// When the service returned it.
    public var takenAt: Moment
    /// As of `takenAt`. `Usage.at(_:)` gives it for a later time.
    public var usage: Usage
    /// The plan's name: `Pro`. Nil when unknown.
    public var plan: String?
    /// The organization's name; nil when unknown.
    public var organization: String?
    /// Nil when the service did not send it.
    public var compute: ComputeHours?
    /// Limits that the history says nothing about are left out.
    public var trends: [Trend]
    /// Nil unless `--local` was given.
    public var local: LocalTokens?
    /// Of the refresh's time zone, around `takenAt`.
    public var utcOffset: UTCOffset?

    public init(
      takenAt: Moment, usage: Usage, plan: String? = nil, organization: String? = nil,
      compute: ComputeHours? = nil, trends: [Trend] = [], local: LocalTokens? = nil,
      utcOffset: UTCOffset? = nil
    ) {
      self.takenAt = takenAt
      self.usage = usage
      self.plan = plan
      self.organization = organization
      self.compute = compute
      self.trends = trends
      self.local = local
      self.utcOffset = utcOffset
    }
  }

  /// The last failed refresh.
  public struct Failure: Equatable, Sendable {
    /// What is shown, alone or beside stale data.
    public var problem: Problem
    /// When it failed, by this machine's clock.
    public var at: Moment
    /// Consecutive failures.
    public var count: Int
    /// No automatic attempt before then.
    public var retryAt: Moment
    /// `retryAt` is from the service's Retry-After, which `--force` obeys too.
    public var hasRetryAfter = false

    /// A failure that was recorded while the clock was ahead, moved to `now` with the same pause.
    public func corrected(now: Moment) -> Failure {
      guard at > now else { return self }
      var corrected = self
      corrected.at = now
      corrected.retryAt = now.adding(seconds: max(0, retryAt.seconds(since: at)))
      if case .rateLimited = problem { corrected.problem = .rateLimited(until: corrected.retryAt) }
      return corrected
    }
  }

  /// A hash of user, organization and service. Never shown.
  public var account: String
  /// `LoginStamp` of the login files. When they change, another account may be logged in.
  public var loginStamp: String
  /// Kept after a failure; nil before the first success.
  public var data: UsageData?
  /// Nil after a success.
  public var failure: Failure?
}

/// The input of one output: the usage, its freshness, and a problem.
public struct Reading: Equatable, Sendable {
  /// Nil when nothing is cached for this login.
  public var data: Snapshot.UsageData?
  /// Why there is no data, or no newer data.
  public var problem: Problem?
  /// The time that ages and countdowns refer to.
  public var now: Moment

  public init(data: Snapshot.UsageData?, problem: Problem?, now: Moment) {
    self.data = data
    self.problem = problem
    self.now = now
  }

  /// The data is past its TTL and could not be refreshed.
  public var isStale: Bool { data != nil && problem != nil }

  /// Seconds since the service returned the data; never negative.
  public var ageSeconds: Int64? {
    data.map { max(0, now.seconds(since: $0.takenAt)) }
  }
}
