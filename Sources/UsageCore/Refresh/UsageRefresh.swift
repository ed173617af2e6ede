/// A refresh of the cache. Any number of bars may start one; only one at a time does the work.
public struct UsageRefresh {
  /// What a refresh may do.
  public struct Request: Sendable {
    /// Newer data is kept.
    public var ttlSeconds: Int64
    /// Fetches fresh data too, and ignores our own back-off.
    public var isForced: Bool
    /// False: never refreshes the login.
    public var refreshesLogin: Bool
    /// Counts today's tokens in droid's session files.
    public var readsSessions: Bool

    public init(
      ttlSeconds: Int64, isForced: Bool = false, refreshesLogin: Bool = true,
      readsSessions: Bool = false
    ) {
      self.ttlSeconds = ttlSeconds
      self.isForced = isForced
      self.refreshesLogin = refreshesLogin
      self.readsSessions = readsSessions
    }
  }

  /// How a refresh ended.
  public enum Outcome: Equatable, Sendable {
    case fetched(Snapshot.UsageData)
    case alreadyFresh(Snapshot.UsageData)
    case failed(Problem)
    /// Nothing was tried before the end of a back-off or Retry-After.
    case mustWait(Problem, until: Moment)
  }

  /// The longest wait for another refresh.
  static let lockMilliseconds = 60_000

  let places: Places
  let environment: Environment
  let bases: ServiceBases
  let transport: any Transport
  let clock: () -> Moment

  public init(
    places: Places, environment: Environment, bases: ServiceBases, transport: any Transport,
    clock: @escaping () -> Moment
  ) {
    self.places = places
    self.environment = environment
    self.bases = bases
    self.transport = transport
    self.clock = clock
  }

  var metadataFile: String { places.accountDirectory + "/metadata" }

  /// Waits for another refresh, at most a minute. Throws when the result cannot be stored.
  public func run(_ request: Request) throws(FileError) -> Outcome {
    try Path.makePrivateDirectory(places.cacheDirectory)
    try Path.makePrivateDirectory(places.accountDirectory)
    guard
      let lock = try FileLock.take(places.refreshLock, waitingAtMost: Self.lockMilliseconds)
    else { return .failed(.serviceError(reason: "another refresh does not finish")) }
    let outcome = try runLocked(request)
    lock.release()
    return outcome
  }

  private func runLocked(_ request: Request) throws(FileError) -> Outcome {
    let now = clock()
    let stamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
    var snapshot = SnapshotFile.load(places.snapshotFile)
    if let failure = snapshot?.failure { snapshot?.failure = failure.corrected(now: now) }
    let freshness = Freshness(
      of: snapshot, ttlSeconds: request.ttlSeconds, loginStamp: stamp, now: now)
    var attempt = RefreshAttempt(
      refresh: self, request: request, known: snapshot, stamp: stamp, now: now)
    if let snapshot, let failure = snapshot.failure, freshness.mustWait,
      failure.hasRetryAfter || !request.isForced
    {
      try store(snapshot)
      try attempt.reconcile()
      return .mustWait(failure.problem, until: failure.retryAt)
    }
    if !request.isForced, !freshness.isOutdated, let data = snapshot?.data {
      return .alreadyFresh(data)
    }
    return try attempt.run()
  }

  func store(_ snapshot: Snapshot) throws(FileError) {
    try SnapshotFile.store(snapshot, at: places.snapshotFile)
  }
}
