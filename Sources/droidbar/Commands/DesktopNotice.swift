import BarOutput
import UsageCore

/// Notices on the desktop, through `notify-send`. Only a refresh sends them: many bars, one notice.
struct DesktopNotice {
  static let program = "notify-send"
  private static let limitMilliseconds = 3000

  let places: Places
  let environment: Environment
  let presentation: Presentation
  let now: Moment

  func send(of snapshot: Snapshot) {
    guard let figures = snapshot.figures else { return }
    let path = places.accountDirectory + "/notices"
    // Two refreshes may end at once.
    guard let lock = try? FileLock.take(path + ".lock", waitingAtMost: Self.limitMilliseconds)
    else { return }
    defer { _ = lock }
    let text = (try? BoundedFile.text(path, limit: 16 * 1024)) ?? ""
    let before = NoticeMemory(text, account: snapshot.account)
    var memory = before
    let reading = Reading(figures: figures, problem: nil, isStale: false, now: now)
    // Whatever window a bar shows: what stands in the way is what a notice is about.
    var everything = presentation
    everything.window = Presentation.automaticWindow
    let facts = Readout(reading, everything).facts
    let notices = NoticeRule(thresholds: presentation.thresholds)
      .notices(of: facts.limits, &memory)
    for notice in notices {
      // What could not be said is said by the next refresh.
      if !show(notice, facts) { memory.restore(notice.limit.id, from: before) }
    }
    if memory != before { try? PrivateFile.write(memory.text, to: path) }
  }

  private func show(_ notice: Notice, _ facts: Readout.Facts) -> Bool {
    let words = NoticeWords(notice, facts: facts, presentation: presentation)
    do throws(ChildProcess.Failure) {
      let result = try ChildProcess(environment: environment).run(
        Self.program,
        [
          "--app-name=droidbar", "--urgency=\(notice.isUrgent ? "critical" : "normal")", "--",
          words.title, words.bodyMarkup,
        ], limitMilliseconds: Self.limitMilliseconds)
      return result.status == 0
    } catch {
      // One that gives no answer may have shown it: better once than twice.
      return error == .noAnswer
    }
  }
}
