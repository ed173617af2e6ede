import BarOutput
import UsageCore

/// The result of the refresh that a reading started or followed.
enum RefreshResult {
  case finished
  case stillRunning
  case notStarted
}

extension Invocation {
  /// A reading of the sample account, or from the cache.
  ///
  /// - Parameters:
  ///   - isForced: refresh also when the cache is not out of date.
  ///   - onWait: called repeatedly while waiting for a refresh.
  func read(isForced: Bool = false, onWait: (_ milliseconds: Int) -> Void = { _ in })
    throws(ConfigurationError) -> Reading
  {
    if let demo = settings.demo { return demo.reading(now: context.clock()) }
    guard let places = context.places else {
      let problem = Problem.config(reason: "HOME is not set")
      return Reading(data: nil, problem: problem, now: context.clock())
    }
    return try CachedReading(invocation: self, places: places)
      .read(isForced: isForced, onWait: onWait)
  }
}

/// A reading from the cache. When it is out of date, starts a refresh and waits for it at most `--wait`.
struct CachedReading {
  private static let pollMilliseconds = 10
  private static let maximumRestarts = 3

  let invocation: Invocation
  let places: Places

  private var ttlSeconds: Int64 { invocation.settings.ttlSeconds }
  private var waitSeconds: Int64 { invocation.settings.waitSeconds }

  func read(isForced: Bool, onWait: (_ milliseconds: Int) -> Void) throws(ConfigurationError)
    -> Reading
  {
    let cached = current()
    let freshness = cached.freshness(ttlSeconds: ttlSeconds)
    if !isForced {
      if !freshness.isOutdated { return reading(cached, after: nil) }
      if freshness.mustWait && !cached.needsRefreshDuringPause {
        return reading(cached, after: .finished)
      }
    }
    let arguments = try invocation.refreshArguments() + (isForced ? ["--force"] : [])
    let result = refresh(arguments, isForced: isForced, before: cached, onWait)
    return reading(current(), after: result)
  }

  private func current() -> CachedSnapshot {
    CachedSnapshot(places: places, now: invocation.context.clock())
  }

  private func reading(_ cached: CachedSnapshot, after result: RefreshResult?) -> Reading {
    ReadingRule(
      ttlSeconds: ttlSeconds, hasWaited: waitSeconds > 0, now: cached.now
    ).reading(cached.ofLogin, after: result, storageProblem: { places.storageProblem })
  }

  /// Starts a refresh, or follows one that is running, until it has finished or the wait is over.
  private func refresh(
    _ arguments: [String], isForced: Bool, before: CachedSnapshot,
    _ onWait: (_ milliseconds: Int) -> Void
  ) -> RefreshResult {
    let start = MonotonicClock.milliseconds()
    let end = start + Int(clamping: min(waitSeconds, 86_400)) * 1000
    var restarts = 0
    var own: RefreshProcess?
    if isForced || !FileLock.isHeld(places.refreshLock) {
      own = RefreshProcess.start(arguments)
      guard own != nil else { return .notStarted }
    }
    while MonotonicClock.milliseconds() < end {
      Sleep.milliseconds(Self.pollMilliseconds)
      onWait(MonotonicClock.milliseconds() - start)
      let state = own?.state() ?? (FileLock.isHeld(places.refreshLock) ? .running : .finished)
      if state == .running {
        if hasNewData(since: before) { return .finished }
        continue
      }
      // A killed refresh is restarted, and so is another process's that left nothing usable.
      let wasFollowedInVain = own == nil && !isSettled
      guard state == .killed || wasFollowedInVain, restarts < Self.maximumRestarts else {
        return .finished
      }
      restarts += 1
      own = RefreshProcess.start(arguments)
    }
    return own?.state() == .finished ? .finished : .stillRunning
  }

  /// The data has arrived, though the refresh may still be reading optional parts.
  private func hasNewData(since before: CachedSnapshot) -> Bool {
    guard let snapshot = current().ofLogin, let data = snapshot.data else { return false }
    if invocation.settings.presentation.showsLocalTokens && data.local == nil { return false }
    return snapshot.failure == nil && data.takenAt != before.snapshot?.data?.takenAt
  }

  private var isSettled: Bool {
    let freshness = current().freshness(ttlSeconds: ttlSeconds)
    return !freshness.isOutdated || freshness.mustWait
  }
}

/// The cached snapshot and the current state of the login files.
struct CachedSnapshot {
  private let places: Places
  let snapshot: Snapshot?
  let loginStamp: String
  let now: Moment

  init(places: Places, now: Moment) {
    self.places = places
    self.now = now
    var snapshot = SnapshotFile.load(places.snapshotFile)
    if let failure = snapshot?.failure { snapshot?.failure = failure.corrected(now: now) }
    self.snapshot = snapshot
    loginStamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
  }

  private var isOfLogin: Bool { snapshot?.loginStamp == loginStamp }

  /// Nil when the login files changed since: the data may belong to another account.
  var ofLogin: Snapshot? { isOfLogin ? snapshot : nil }

  func freshness(ttlSeconds: Int64) -> Freshness {
    Freshness(of: snapshot, ttlSeconds: ttlSeconds, loginStamp: loginStamp, now: now)
  }

  /// Another account may be logged in, or a sent refresh token can be recovered only now.
  var needsRefreshDuringPause: Bool {
    !isOfLogin || LoginState(places: places).canRecoverSentToken(now: now)
  }
}

/// Turns a snapshot into a reading: whether it is stale, and which problem to show.
struct ReadingRule {
  let ttlSeconds: Int64
  /// Whether the refresh had time to finish.
  let hasWaited: Bool
  let now: Moment

  /// - Parameters:
  ///   - snapshot: of the current login.
  ///   - result: nil when no refresh was needed.
  ///   - storageProblem: why nothing can be cached; called only when a refresh left nothing.
  func reading(_ snapshot: Snapshot?, after result: RefreshResult?, storageProblem: () -> Problem?)
    -> Reading
  {
    let data = snapshot?.data
    let age = data.map { now.seconds(since: $0.takenAt) }
    let problem = problem(snapshot?.failure?.problem, age, after: result, storageProblem)
    return Reading(data: data, problem: problem, now: now)
  }

  private func problem(
    _ failure: Problem?, _ age: Int64?, after result: RefreshResult?,
    _ storageProblem: () -> Problem?
  ) -> Problem? {
    if let age, age >= 0, age < ttlSeconds { return nil }
    if let failure { return failure }
    if result == .notStarted { return .config(reason: "Cannot start the refresh process") }
    if result == .finished, let problem = storageProblem() { return problem }
    guard let age else { return .loading }
    // A refresh that has just started is no reason to call the data stale.
    let isOverdue = hasWaited || age >= 2 * ttlSeconds + 60
    return result == .stillRunning && isOverdue ? .loading : nil
  }
}

extension Places {
  /// Why a refresh cannot store anything.
  var storageProblem: Problem? {
    do throws(FileError) {
      for folder in [cacheDirectory, accountDirectory] {
        try Path.makePrivateDirectory(folder)
        // Finds full disks and quotas too.
        let probe = folder + "/probe"
        try AtomicFile.write("probe", to: probe)
        AtomicFile.remove(probe)
      }
      _ = try FileLock.take(refreshLock, waitingAtMost: 0)
      guard FileStatus(snapshotFile)?.isRegular ?? true else {
        throw FileError.notARegularFile(path: snapshotFile)
      }
      return nil
    } catch {
      return .config(reason: "Cannot store the usage: \(error.sentence)")
    }
  }
}
