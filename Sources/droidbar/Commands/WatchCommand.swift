import BarOutput
import CLibraries
import UsageCore

/// `droidbar HOST --watch`: stays, and prints a reading whenever what it says changes.
///
/// Sleeps in one poll until something can change it: the time to live, a unit of the countdown, another process's
/// refresh, a signal, a click, a clock that was set, or a bar that is gone.
struct WatchCommand {
  let world: World
  let settings: Settings
  let options: GivenOptions
  let host: Host

  func run() throws(SettingFailure) -> Outcome {
    signal(SIGPIPE, SIG_IGN)
    let source = ReadingSource(world: world, settings: settings, options: options)
    var wakeups = Wakeups(clicks: ClickStream(host: host, environment: world.environment))
    wakeups.listen(refreshSignal: options.signalOffset)
    if !host.streamHeader.isEmpty, !StandardOutput.write(host.streamHeader) { return Outcome() }
    guard settings.demo == nil, let places = world.places else {
      return try runWithoutCache(source, &wakeups)
    }
    let arguments = try source.refreshArguments()
    wakeups.watch(places)
    var refreshes = WatchedRefreshes(
      places: places, arguments: arguments, ttlSeconds: settings.ttlSeconds)
    var last = ""
    var isForced = false
    while true {
      let now = world.clock()
      let cached = CachedSnapshot(places: places)
      let freshness = cached.freshness(ttlSeconds: settings.ttlSeconds, now: now)
      let mayAsk = !freshness.mustWait || !cached.isOfLogin
      let end = refreshes.step(isDue: freshness.isDue && mayAsk, isForced: isForced)
      isForced = false
      let verdict = Verdict(ttlSeconds: settings.ttlSeconds, hasWaited: false, now: now)
      let reading = verdict.reading(
        cached.ofLogin, after: freshness.isDue ? end : nil,
        storageProblem: { StorageProblem.of(places) })
      let readout = chosen(reading, places)
      let line = host.streamed(readout, settings.style)
      if line != last {
        guard StandardOutput.write(line) else { return Outcome() }
        last = line
      }
      let next = NextChange.of(cached.snapshot, readout, ttlSeconds: settings.ttlSeconds, now: now)
      // What is fresh needs no look at a refresh that is over.
      let until = freshness.isDue ? min(next, refreshes.notBefore(now)) : next
      switch wakeups.wait(until: until, now: now) {
      case .somethingChanged: break
      case .refresh: isForced = true
      case .click(let click): act(on: click, readout, places, &isForced)
      case .barIsGone: return Outcome()
      }
    }
  }

  private func chosen(_ reading: Reading, _ places: Places) -> Readout {
    WindowChoice(places: places, host: host).readout(reading, settings.presentation)
  }

  private func act(on click: Click, _ readout: Readout, _ places: Places, _ isForced: inout Bool) {
    switch click {
    case .nextWindow: _ = WindowChoice(places: places, host: host).advance(over: readout)
    case .refresh: isForced = true
    case .open: _ = OpenCommand.run(world)
    }
  }

  /// The built-in account, or no home: there is nothing to follow but the clock.
  private func runWithoutCache(_ source: ReadingSource, _ wakeups: inout Wakeups)
    throws(SettingFailure) -> Outcome
  {
    let readout = Readout(try source.reading(), settings.presentation)
    guard StandardOutput.write(host.streamed(readout, settings.style)) else { return Outcome() }
    while true {
      let now = world.clock()
      if wakeups.wait(until: now.adding(seconds: 3600), now: now) == .barIsGone { return Outcome() }
    }
  }
}

/// When the reading can next say something else by itself.
enum NextChange {
  static let longestSeconds: Int64 = 3600

  static func of(_ snapshot: Snapshot?, _ readout: Readout, ttlSeconds: Int64, now: Moment)
    -> Moment
  {
    var moments = [now.adding(seconds: longestSeconds)]
    if let failure = snapshot?.failure, failure.retryAt > now {
      moments.append(failure.retryAt)
    } else if let figures = snapshot?.figures {
      moments.append(figures.takenAt.adding(seconds: ttlSeconds))
    }
    if let reset = readout.facts.headline?.resetsAt { moments.append(nextStep(of: reset, now)) }
    if readout.facts.isStale || readout.facts.problem?.kind == .rateLimited {
      moments.append(now.adding(seconds: 60))
    }
    return max(moments.filter { $0 > now }.min() ?? now, now.adding(seconds: 1))
  }

  /// When the countdown's smallest shown unit changes: minutes, or hours beyond a day.
  private static func nextStep(of reset: Moment, _ now: Moment) -> Moment {
    let left = reset.seconds(since: now)
    let unit: Int64 = left >= 86_400 ? 3600 : 60
    return now.adding(seconds: left % unit + 1)
  }
}

/// The refreshes that one watch starts: never two at a time, never one right after the other.
struct WatchedRefreshes {
  let places: Places
  let arguments: [String]
  /// Between a refresh that left nothing behind and the next one.
  private let pauseSeconds: Int64
  private var own: RefreshProcess?
  private var lastStart: Int?
  /// Somebody asked for a refresh while one was running that may have looked already.
  private var isAskedAgain = false

  init(places: Places, arguments: [String], ttlSeconds: Int64) {
    self.places = places
    self.arguments = arguments
    pauseSeconds = min(max(ttlSeconds, 1), 10)
  }

  mutating func step(isDue: Bool, isForced: Bool) -> RefreshEnd {
    var hasDied = false
    if let state = own?.state(), state != .running {
      hasDied = state == .died
      own = nil
    }
    isAskedAgain = isAskedAgain || isForced
    if own != nil { return .stillRunning }
    let isForced = isAskedAgain
    isAskedAgain = false
    if !isForced && FileLock.isHeld(places.refreshLock) { return .stillRunning }
    guard isForced || (isDue && (hasDied || mayStart)) else { return .ended }
    lastStart = Uptime.milliseconds()
    own = RefreshProcess.start(arguments + (isForced ? ["--force"] : []))
    return own == nil ? .notStarted : .stillRunning
  }

  private var mayStart: Bool {
    lastStart.map { Uptime.milliseconds() - $0 >= Int(pauseSeconds) * 1000 } ?? true
  }

  /// While another refresh runs or ours has just ended, there is no use in looking earlier than this.
  func notBefore(_ now: Moment) -> Moment {
    now.adding(seconds: own == nil && mayStart ? NextChange.longestSeconds : pauseSeconds)
  }
}
