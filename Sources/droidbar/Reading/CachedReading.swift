import UsageCore

/// A reading from the cache; when it is due a refresh is started and waited for, no longer than the person wants.
struct CachedReading {
  private static let pollMilliseconds = 10
  private static let longestRestarts = 3

  let places: Places
  let settings: Settings
  /// What every refresh of this print is started with.
  let refreshArguments: [String]
  let clock: () -> Moment

  func obtain(isForced: Bool = false) -> Reading {
    let stamp = LoginStamp.of(factoryDirectory: places.factoryDirectory)
    let snapshot = SnapshotFile.load(places.snapshotFile)
    let freshness = freshness(of: snapshot, stamp)
    if !isForced && !freshness.isDue { return reading(snapshot, waitedFor: nil, stamp) }
    // Who is logged in is looked at even while the service wants silence.
    if !isForced && freshness.mustWait && snapshot?.loginStamp == stamp {
      return reading(snapshot, waitedFor: .ended, stamp)
    }
    let end = renew(isForced: isForced, before: snapshot, stamp)
    return reading(SnapshotFile.load(places.snapshotFile), waitedFor: end, stamp)
  }

  private enum End { case ended, stillRunning, notStarted }

  private func freshness(of snapshot: Snapshot?, _ stamp: String) -> Freshness {
    Freshness(of: snapshot, ttlSeconds: settings.ttlSeconds, loginStamp: stamp, now: clock())
  }

  /// Starts a refresh, or follows the one that runs already, until it has ended or the wait is over.
  private func renew(isForced: Bool, before: Snapshot?, _ stamp: String) -> End {
    let arguments = refreshArguments + (isForced ? ["--force"] : [])
    let end = Uptime.milliseconds() + Int(clamping: settings.waitSeconds) * 1000
    var restarts = 0
    var own: RefreshProcess?
    if isForced || !FileLock.isHeld(places.refreshLock) {
      own = RefreshProcess.start(arguments)
      guard own != nil else { return .notStarted }
    }
    while Uptime.milliseconds() < end {
      Pause.milliseconds(Self.pollMilliseconds)
      let state = own?.state() ?? (FileLock.isHeld(places.refreshLock) ? .running : .ended)
      if state == .running {
        if isRenewed(since: before, stamp) { return .ended }
        continue
      }
      let isFollowedOneInVain = own == nil && !isSettled(stamp)
      guard state == .died || isFollowedOneInVain, restarts < Self.longestRestarts else {
        return .ended
      }
      restarts += 1
      own = RefreshProcess.start(arguments)
    }
    return own?.state() == .ended ? .ended : .stillRunning
  }

  /// The figures are in, though the refresh may still be busy with extras.
  private func isRenewed(since before: Snapshot?, _ stamp: String) -> Bool {
    guard let snapshot = SnapshotFile.load(places.snapshotFile), snapshot.figures != nil,
      snapshot.figures?.takenAt != before?.figures?.takenAt
    else { return false }
    return snapshot.failure == nil
      && snapshot.loginStamp == LoginStamp.of(factoryDirectory: places.factoryDirectory)
  }

  /// Somebody else's refresh left something to go on with, or a reason why not.
  private func isSettled(_ stamp: String) -> Bool {
    let freshness = freshness(of: SnapshotFile.load(places.snapshotFile), stamp)
    return !freshness.isDue || freshness.mustWait
  }

  private func reading(_ snapshot: Snapshot?, waitedFor end: End?, _ stamp: String) -> Reading {
    let now = clock()
    // Our own refresh may have stored a renewed login meanwhile: its new stamp is as good.
    let current = LoginStamp.of(factoryDirectory: places.factoryDirectory)
    let isSameLogin = snapshot?.loginStamp == stamp || snapshot?.loginStamp == current
    guard let snapshot, isSameLogin else {
      return Reading(figures: nil, problem: problemWithoutSnapshot(end), isStale: false, now: now)
    }
    let age = snapshot.figures.map { now.seconds(since: $0.takenAt) } ?? 0
    let isPastTTL = age < 0 || age >= settings.ttlSeconds
    var problem = isPastTTL || snapshot.figures == nil ? snapshot.failure?.problem : nil
    if problem == nil && end == .notStarted {
      problem = .config(reason: "The refresh cannot be started")
    }
    if problem == nil && end == .ended && (isPastTTL || snapshot.figures == nil) {
      problem = storageProblem()
    }
    let isBeingRenewed =
      end == .stillRunning && (settings.waitSeconds == 0 || snapshot.figures == nil)
    let isVeryOld = age >= 2 * settings.ttlSeconds + 60
    let isStale =
      snapshot.figures != nil && isPastTTL && end != nil
      && (problem != nil || !isBeingRenewed || isVeryOld)
    // A refresh that is waited for in vain has not said yet what is wrong.
    if problem == nil && (snapshot.figures == nil || isStale) && end == .stillRunning {
      problem = .loading
    }
    return Reading(
      figures: snapshot.figures, problem: problem, isStale: isStale && isFailing(problem, end),
      now: now)
  }

  private func isFailing(_ problem: Problem?, _ end: End?) -> Bool {
    problem != nil || end == .stillRunning
  }

  private func problemWithoutSnapshot(_ end: End?) -> Problem {
    if end == .notStarted { return .config(reason: "The refresh cannot be started") }
    if end == .ended, let problem = storageProblem() { return problem }
    return .loading
  }

  /// Why a refresh that ended left nothing behind.
  private func storageProblem() -> Problem? {
    for folder in [places.cacheDirectory, places.accountDirectory] {
      do throws(FileProblem) {
        try Path.makePrivateDirectory(folder)
        guard access(folder, W_OK) == 0 else {
          throw FileProblem.failed(operation: "write in", path: folder, errno: errno)
        }
      } catch {
        return .config(reason: "The reading cannot be kept: \(error.sentence)")
      }
    }
    return nil
  }
}
