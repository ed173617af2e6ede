import UsageCore

/// A reading from the cache; when it is due a refresh is started and waited for, no longer than the person wants.
struct CachedReading {
  private static let pollMilliseconds = 10
  private static let longestRestarts = 3

  let places: Places
  let settings: Settings
  /// What a refresh is started with; asked only when one is due.
  let refreshArguments: () throws(SettingFailure) -> [String]
  let clock: () -> Moment

  /// Called again and again while a refresh is waited for.
  var onWait: (_ milliseconds: Int) -> Void = { _ in }

  func obtain(isForced: Bool = false) throws(SettingFailure) -> Reading {
    let cached = CachedSnapshot(places: places)
    let freshness = cached.freshness(ttlSeconds: settings.ttlSeconds, now: clock())
    if !isForced && !freshness.isDue { return reading(cached, after: nil) }
    // Who is logged in is looked at even while the service wants silence.
    if !isForced && freshness.mustWait && cached.isOfLogin { return reading(cached, after: .ended) }
    let arguments = try refreshArguments() + (isForced ? ["--force"] : [])
    let end = renew(arguments, isForced: isForced, before: cached)
    return reading(CachedSnapshot(places: places), after: end)
  }

  private func reading(_ cached: CachedSnapshot, after end: RefreshEnd?) -> Reading {
    Verdict(
      ttlSeconds: settings.ttlSeconds, hasWaited: settings.waitSeconds > 0, now: clock()
    ).reading(cached.ofLogin, after: end, storageProblem: { StorageProblem.of(places) })
  }

  /// Starts a refresh, or follows the one that runs already, until it has ended or the wait is over.
  private func renew(_ arguments: [String], isForced: Bool, before: CachedSnapshot) -> RefreshEnd {
    let start = Uptime.milliseconds()
    let end = start + Int(clamping: min(settings.waitSeconds, 86_400)) * 1000
    var restarts = 0
    var own: RefreshProcess?
    if isForced || !FileLock.isHeld(places.refreshLock) {
      own = RefreshProcess.start(arguments)
      guard own != nil else { return .notStarted }
    }
    while Uptime.milliseconds() < end {
      Pause.milliseconds(Self.pollMilliseconds)
      onWait(Uptime.milliseconds() - start)
      let state = own?.state() ?? (FileLock.isHeld(places.refreshLock) ? .running : .ended)
      if state == .running {
        if isRenewed(since: before) { return .ended }
        continue
      }
      let isFollowedInVain = own == nil && !isSettled
      guard state == .died || isFollowedInVain, restarts < Self.longestRestarts else {
        return .ended
      }
      restarts += 1
      own = RefreshProcess.start(arguments)
    }
    return own?.state() == .ended ? .ended : .stillRunning
  }

  /// The figures are in, though the refresh may still be busy with extras.
  private func isRenewed(since before: CachedSnapshot) -> Bool {
    let cached = CachedSnapshot(places: places)
    guard let snapshot = cached.ofLogin, let figures = snapshot.figures else { return false }
    // The first look at the session files comes behind the figures, and is waited for where it was asked for.
    if settings.presentation.showsLocalTokens && figures.local == nil { return false }
    return snapshot.failure == nil && figures.takenAt != before.snapshot?.figures?.takenAt
  }

  /// Somebody else's refresh left something to go on with, or a reason why not.
  private var isSettled: Bool {
    let freshness = CachedSnapshot(places: places)
      .freshness(ttlSeconds: settings.ttlSeconds, now: clock())
    return !freshness.isDue || freshness.mustWait
  }
}

/// The cached snapshot beside how the login's files look now.
struct CachedSnapshot {
  let snapshot: Snapshot?
  let loginStamp: String

  init(places: Places) {
    snapshot = SnapshotFile.load(places.snapshotFile)
    loginStamp = LoginStamp.of(
      factoryDirectory: places.factoryDirectory, known: snapshot?.folderStamp)
  }

  var isOfLogin: Bool { snapshot?.loginStamp == loginStamp }

  /// Nil when the files changed since: another account may be logged in, whose figures these are not.
  var ofLogin: Snapshot? { isOfLogin ? snapshot : nil }

  func freshness(ttlSeconds: Int64, now: Moment) -> Freshness {
    Freshness(of: snapshot, ttlSeconds: ttlSeconds, loginStamp: loginStamp, now: now)
  }
}

/// Why a refresh that ended left nothing behind.
enum StorageProblem {
  static func of(_ places: Places) -> Problem? {
    for folder in [places.cacheDirectory, places.accountDirectory] {
      do throws(FileProblem) {
        try Path.makePrivateDirectory(folder)
        guard access(folder, W_OK) == 0 else {
          throw .failed(operation: "write in", path: folder, errno: errno)
        }
      } catch {
        return .config(reason: "The reading cannot be kept: \(error.sentence)")
      }
    }
    return nil
  }
}
