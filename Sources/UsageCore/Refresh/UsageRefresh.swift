/// One refresh from its lock to its snapshot. Bars run any number of them; one at a time does the work.
public struct UsageRefresh {
  public struct Request: Sendable {
    /// Figures younger than this are left as they are.
    public var ttlSeconds: Int64
    /// Fetch also when the figures are fresh or our own back-off runs.
    public var isForced: Bool
    /// False: the login is only read.
    public var mayRenewLogin: Bool
    /// Today's tokens of droid's session files are wanted too.
    public var readsSessions: Bool

    public init(
      ttlSeconds: Int64, isForced: Bool = false, mayRenewLogin: Bool = true,
      readsSessions: Bool = false
    ) {
      self.ttlSeconds = ttlSeconds
      self.isForced = isForced
      self.mayRenewLogin = mayRenewLogin
      self.readsSessions = readsSessions
    }
  }

  public enum Outcome: Equatable, Sendable {
    case fetched(Snapshot.Figures)
    case alreadyFresh(Snapshot.Figures)
    case failed(Problem)
    /// Nothing was tried: `problem` asks for patience until then.
    case mustWait(Problem, until: Moment)
  }

  /// The longest another refresh may take before this one gives up on it.
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

  public func run(_ request: Request) throws(FileProblem) -> Outcome {
    try Path.makePrivateDirectory(places.cacheDirectory)
    try Path.makePrivateDirectory(places.accountDirectory)
    guard let lock = try FileLock.take(places.refreshLock, waitingAtMost: Self.lockMilliseconds)
    else {
      return .failed(.serviceError(reason: "another refresh does not end"))
    }
    defer { _ = lock }
    return try runLocked(request)
  }

  private func runLocked(_ request: Request) throws(FileProblem) -> Outcome {
    let now = clock()
    let stamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
    var snapshot = SnapshotFile.load(places.snapshotFile)
    // A pause noted before the clock was set back runs again from here, no longer than it was.
    if var failure = snapshot?.failure, failure.at > now {
      failure.retryAt = now.adding(seconds: max(0, failure.retryAt.seconds(since: failure.at)))
      failure.at = now
      snapshot?.failure = failure
    }
    let freshness = Freshness(
      of: snapshot, ttlSeconds: request.ttlSeconds, loginStamp: stamp, now: now)
    if let failure = snapshot?.failure, freshness.mustWait,
      failure.isSilenceAsked || !request.isForced
    {
      if let snapshot { try store(snapshot) }
      var attempt = RefreshAttempt(
        refresh: self, request: request, known: snapshot, stamp: stamp, now: now)
      try attempt.reconcile()
      return .mustWait(failure.problem, until: failure.retryAt)
    }
    if !request.isForced, !freshness.isDue, let figures = snapshot?.figures {
      return .alreadyFresh(figures)
    }

    var attempt = RefreshAttempt(
      refresh: self, request: request, known: snapshot, stamp: stamp, now: now)
    return try attempt.run()
  }

  func store(_ snapshot: Snapshot) throws(FileProblem) {
    var snapshot = snapshot
    let look = LoginStamp.look(factoryDirectory: places.factoryDirectory, now: clock())
    snapshot.folderStamp = look.stamp == snapshot.loginStamp ? look.folder : nil
    try SnapshotFile.store(snapshot, at: places.snapshotFile)
  }
}
