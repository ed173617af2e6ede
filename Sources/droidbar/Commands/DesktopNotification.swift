import BarOutput
import UsageCore

/// Sends desktop notifications with `notify-send`. Only a refresh does, so that many bars cause one notification.
struct DesktopNotification {
  static let program = "notify-send"
  private static let limitMilliseconds = 3000

  let places: Places
  let environment: Environment
  let presentation: Presentation
  let now: Moment

  func send(_ snapshot: Snapshot) {
    guard let data = snapshot.data else { return }
    let path = places.accountDirectory + "/notices"
    guard
      let lock = try? FileLock.take(path + ".lock", waitingAtMost: Self.limitMilliseconds)
    else { return }
    let before = NotificationMemory(
      (try? BoundedFile.text(path, limit: 16 * 1024)) ?? "", account: snapshot.account)
    var memory = before
    var presentation = presentation
    presentation.window = Presentation.automaticWindow
    let reading = Reading(data: data, problem: nil, isStale: false, now: now)
    let facts = Readout(reading, presentation).facts
    let rule = NotificationRule(thresholds: presentation.thresholds)
    for notification in rule.notifications(of: facts.limits, &memory) {
      // The next refresh tries again.
      if !show(
        NotificationText(notification, facts: facts, presentation: presentation), notification)
      {
        memory.restore(notification.limit.id, from: before)
      }
    }
    if memory != before { try? PrivateFile.write(memory.text, to: path) }
    lock.release()
  }

  private func show(_ text: NotificationText, _ notification: LimitNotification) -> Bool {
    do throws(ChildProcess.Failure) {
      let result = try ChildProcess(environment: environment).run(
        Self.program,
        [
          "--app-name=droidbar",
          "--urgency=\(notification.isUrgent ? "critical" : "normal")", "--", text.title,
          text.bodyMarkup,
        ], limitMilliseconds: Self.limitMilliseconds)
      return result.status == 0
    } catch {
      // After a timeout it may have been shown. It is not sent again, to avoid a duplicate.
      return error == .timedOut
    }
  }
}
