import BarOutput
import CLibraries
import UsageCore

/// `droidbar HOST --watch`: keeps running and prints a reading whenever the output changes.
///
/// Sleeps until something can change it: the TTL, the countdown, another refresh, a signal, a click, a changed clock,
/// or the end of the bar.
struct WatchCommand {
  private static let longestSeconds: Int64 = 3600

  let invocation: Invocation
  let host: Host

  private var context: Context { invocation.context }

  func run() throws(ConfigurationError) -> Outcome {
    let settings = invocation.settings
    let header = host.format.streamHeader
    guard settings.demo == nil, let places = context.places else {
      let readout = Readout(try invocation.read(), settings.presentation)
      return Self.hold(header + host.renderStreamed(readout, settings.style), host, context)
    }
    let arguments = try invocation.refreshArguments()
    libc_ignore_signal(SIGPIPE)
    var wakeups = Wakeups(
      clicks: ClickStream(host: host, environment: context.environment),
      refreshSignal: invocation.options.signalOffset)
    if !header.isEmpty, !StandardOutput.write(header) { return Outcome() }
    wakeups.watch(places)
    var refreshes = WatchedRefreshes(
      places: places, arguments: arguments, ttlSeconds: settings.ttlSeconds)
    var last = ""
    var isForced = false
    while true {
      let now = context.clock()
      // The time zone may be another one now.
      tzset()
      let cached = CachedSnapshot(places: places, now: now)
      let freshness = cached.freshness(ttlSeconds: settings.ttlSeconds)
      let isDue = freshness.isOutdated && (!freshness.mustWait || cached.needsRefreshDuringPause)
      let result = refreshes.step(isDue: isDue, isForced: isForced)
      isForced = false
      let rule = ReadingRule(ttlSeconds: settings.ttlSeconds, hasWaited: false, now: now)
      let reading = rule.reading(
        cached.ofLogin, after: freshness.isOutdated ? result : nil,
        storageProblem: { places.storageProblem })
      let choice = WindowChoice(places: places, host: host, now: now)
      let readout = choice.readout(
        reading, context.adapted(settings.presentation, to: reading.data))
      let line = host.renderStreamed(readout, settings.style)
      if line != last {
        guard StandardOutput.write(line) else { return Outcome() }
        last = line
      }
      var until = nextChange(cached.snapshot, readout, now)
      // No event reports that another process has released the refresh lock.
      if isDue { until = min(until, now.adding(seconds: refreshes.pauseSeconds)) }
      if let expiry = choice.expiresAt { until = min(until, expiry) }
      switch wakeups.wait(until: until, now: now) {
      case .somethingChanged: break
      case .refresh, .click(.refresh): isForced = true
      case .click(.open): OpenCommand.start()
      case .click(let click):
        if let step = click.step { choice.move(step, from: readout) }
      case .barIsGone: return Outcome()
      }
    }
  }

  /// Prints a line that nothing can change, and waits until the bar has exited.
  static func hold(_ line: String, _ host: Host, _ context: Context) -> Outcome {
    libc_ignore_signal(SIGPIPE)
    var wakeups = Wakeups(
      clicks: ClickStream(host: host, environment: context.environment), refreshSignal: nil)
    guard StandardOutput.write(line) else { return Outcome() }
    while true {
      let now = context.clock()
      let until = now.adding(seconds: longestSeconds)
      if wakeups.wait(until: until, now: now) == .barIsGone { return Outcome() }
    }
  }

  /// When the output can next change by itself.
  private func nextChange(_ snapshot: Snapshot?, _ readout: Readout, _ now: Moment) -> Moment {
    var moments = [now.adding(seconds: Self.longestSeconds)]
    if let failure = snapshot?.failure, failure.retryAt > now {
      moments.append(failure.retryAt)
    } else if let data = snapshot?.data {
      moments.append(data.takenAt.adding(seconds: invocation.settings.ttlSeconds))
    }
    for reset in readout.facts.limits.compactMap({ $0.resetsAt }) {
      // When the smallest unit of its countdown changes: minutes, or hours above a day.
      let left = reset.seconds(since: now)
      moments.append(now.adding(seconds: left % (left >= 86_400 ? 3600 : 60) + 1))
    }
    if readout.facts.isStale || readout.facts.problem?.kind == .rateLimited {
      moments.append(now.adding(seconds: 60))
    }
    return max(moments.filter { $0 > now }.min() ?? now, now.adding(seconds: 1))
  }
}

/// The refreshes that a watch starts: one at a time, with pauses.
struct WatchedRefreshes {
  let places: Places
  let arguments: [String]
  /// The pause after a refresh that left nothing usable, and before looking at that of another process again.
  let pauseSeconds: Int64
  private var own: RefreshProcess?
  private var lastStart: Int?
  /// A forced refresh was requested while another one was running.
  private var isRequestedAgain = false

  init(places: Places, arguments: [String], ttlSeconds: Int64) {
    self.places = places
    self.arguments = arguments
    pauseSeconds = min(max(ttlSeconds, 1), 10)
  }

  mutating func step(isDue: Bool, isForced: Bool) -> RefreshResult {
    var wasKilled = false
    if let state = own?.state(), state != .running {
      wasKilled = state == .killed
      own = nil
    }
    isRequestedAgain = isRequestedAgain || isForced
    if own != nil { return .stillRunning }
    let isForced = isRequestedAgain
    isRequestedAgain = false
    if !isForced && FileLock.isHeld(places.refreshLock) { return .stillRunning }
    guard isForced || (isDue && (wasKilled || mayStart)) else { return .finished }
    lastStart = MonotonicClock.milliseconds()
    own = RefreshProcess.start(arguments + (isForced ? ["--force"] : []))
    return own == nil ? .notStarted : .stillRunning
  }

  private var mayStart: Bool {
    lastStart.map { MonotonicClock.milliseconds() - $0 >= Int(pauseSeconds) * 1000 } ?? true
  }
}
