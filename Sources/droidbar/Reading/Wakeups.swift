import CLibraries
import UsageCore

/// Waits for everything that can change a reading, in one poll(2).
struct Wakeups {
  enum Cause: Equatable {
    case somethingChanged
    case refresh
    case click(Click)
    case barIsGone
  }

  private let signals = waiting_signals_open()
  private let clock = waiting_clock_open()
  private let files = waiting_files_open()
  private var clicks: ClickStream
  private let parent = getppid()
  private var snapshotName = ""

  /// - Parameter refreshSignal: N of SIGRTMIN+N.
  init(clicks: ClickStream, refreshSignal: Int?) {
    self.clicks = clicks
    waiting_signals_add(SIGUSR1)
    waiting_signals_add(SIGCHLD)
    if let offset = refreshSignal { waiting_signals_add_realtime(Int32(clamping: offset)) }
  }

  /// Watches for the snapshot of other refreshes, and for clicks on other instances.
  mutating func watch(_ places: Places) {
    for folder in [places.cacheDirectory, places.accountDirectory] {
      try? Path.makePrivateDirectory(folder)
      waiting_files_add(files, folder)
    }
    snapshotName = Path.name(of: places.snapshotFile)
  }

  mutating func wait(until moment: Moment, now: Moment) -> Cause {
    // Several clicks may have arrived together.
    if let click = clicks.next() { return .click(click) }
    waiting_clock_set(clock, moment.seconds)
    // The timeout of poll is only a fallback where there is a clock descriptor.
    let seconds = max(1, min(moment.seconds(since: now), 3600)) + (clock < 0 ? 0 : 5)
    while true {
      // Standard output is polled only for errors: the bar has gone.
      var polled = [signals, clock, files, clicks.descriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      polled.append(pollfd(fd: STDOUT_FILENO, events: 0, revents: 0))
      let count = poll(&polled, nfds_t(polled.count), Int32(clamping: seconds * 1000))
      if getppid() != parent { return .barIsGone }
      if polled[4].revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0 { return .barIsGone }
      if count == 0 { return .somethingChanged }
      if polled[1].revents != 0 { waiting_clock_drain(clock) }
      let hasFileChanged =
        polled[2].revents != 0 && waiting_files_changed(files, snapshotName, "window-") != 0
      if let cause = pendingSignal() { return cause }
      if polled[3].revents != 0, let click = clicks.next() { return .click(click) }
      if polled[1].revents != 0 || hasFileChanged { return .somethingChanged }
    }
  }

  /// Combines all pending signals. SIGCHLD means that a refresh has finished.
  private func pendingSignal() -> Cause? {
    var cause: Cause?
    while case let number = waiting_signals_next(signals), number != 0 {
      if number != SIGCHLD { cause = .refresh } else if cause == nil { cause = .somethingChanged }
    }
    return cause
  }
}
