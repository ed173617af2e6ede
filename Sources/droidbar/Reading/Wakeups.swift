import CLibraries
import UsageCore

/// Everything that can end a watch's sleep, in one poll.
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

  init(clicks: ClickStream) {
    self.clicks = clicks
  }

  mutating func listen(refreshSignal offset: Int?) {
    waiting_signals_add(SIGUSR1)
    waiting_signals_add(SIGCHLD)
    if let offset { waiting_signals_add_realtime(Int32(clamping: offset)) }
  }

  /// Another process's refresh is seen as it puts its snapshot in place, a click on a sibling as it writes its choice.
  mutating func watch(_ places: Places) {
    for folder in [places.cacheDirectory, places.accountDirectory] {
      try? Path.makePrivateDirectory(folder)
      waiting_files_add(files, folder)
    }
    snapshotName = Path.name(of: places.snapshotFile)
  }

  mutating func wait(until moment: Moment, now: Moment) -> Cause {
    // Two clicks may have come in one piece.
    if let click = clicks.next() { return .click(click) }
    waiting_clock_set(clock, moment.seconds)
    // A second late at most where there is no such clock; never more often than it has to be where there is one.
    let seconds = max(1, min(moment.seconds(since: now), 3600)) + (clock < 0 ? 0 : 5)
    while true {
      // The standard output asks for nothing but its end: the bar's.
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
      if let cause = signalled() { return cause }
      if polled[3].revents != 0, let click = clicks.next() { return .click(click) }
      if polled[1].revents != 0 || hasFileChanged { return .somethingChanged }
    }
  }

  /// All that came are one; a child that ended is only a reason to look again.
  private func signalled() -> Cause? {
    var cause: Cause?
    while case let number = waiting_signals_next(signals), number != 0 {
      if number != SIGCHLD { cause = .refresh } else if cause == nil { cause = .somethingChanged }
    }
    return cause
  }
}
