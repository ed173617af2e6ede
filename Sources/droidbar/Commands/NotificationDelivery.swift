import BarOutput
import UsageCore

/// Sends notifications with `notify-send`, the user's own command, or both. Only a refresh does, so that many bars cause
/// one notification.
struct NotificationDelivery {
  static let desktopProgram = "notify-send"
  private static let limitMilliseconds = 3000
  private static let commandLimitMilliseconds = 10_000

  let invocation: Invocation
  let places: Places

  private var settings: Settings { invocation.settings }
  private var programs: ChildProcess { ChildProcess(environment: invocation.context.environment) }

  func send(_ snapshot: Snapshot) {
    guard let data = snapshot.data else { return }
    let path = places.accountDirectory + "/notices"
    guard
      let lock = try? FileLock.take(path + ".lock", waitingAtMost: Self.limitMilliseconds)
    else { return }
    let before = NotificationMemory(
      (try? BoundedFile.text(path, limit: 16 * 1024)) ?? "", account: snapshot.account)
    var memory = before
    var presentation = settings.presentation
    presentation.window = Presentation.automaticWindow
    let reading = Reading(data: data, problem: nil, now: invocation.context.clock())
    let facts = Readout(reading, presentation).facts
    let rule = NotificationRule(thresholds: presentation.thresholds)
    for notification in rule.notifications(of: facts.limits, &memory) {
      let text = NotificationText(notification, facts: facts, presentation: presentation)
      let isShown = settings.sendsNotifications && show(text, notification)
      let isRun = !settings.notifyCommand.isEmpty && run(text, notification)
      // The next refresh tries again.
      if !isShown && !isRun { memory.restore(notification.limit.id, from: before) }
    }
    if memory != before { try? AtomicFile.write(memory.text, to: path) }
    lock.release()
  }

  private func show(_ text: NotificationText, _ notification: LimitNotification) -> Bool {
    do throws(ChildProcess.Failure) {
      let result = try programs.run(
        Self.desktopProgram,
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

  /// False only if the command could not be started.
  private func run(_ text: NotificationText, _ notification: LimitNotification) -> Bool {
    let limit = notification.limit
    let level =
      switch notification.event {
      case .reached(let stage): stage.rawValue
      case .availableAgain: "available"
      }
    let variables = [
      "NOTIFY_WINDOW=\(limit.id)",
      "NOTIFY_PERCENT=\(Format.wholePercent(limit.usedPercent ?? 0))",
      "NOTIFY_LEVEL=\(level)",
      "NOTIFY_RESETS_AT=\(limit.resetsAt.map { RFC3339.text($0) } ?? "")",
      "NOTIFY_TITLE=\(text.title)",
      "NOTIFY_BODY=\(text.body)",
    ]
    do throws(ChildProcess.Failure) {
      _ = try programs.run(
        settings.notifyCommand[0], Array(settings.notifyCommand.dropFirst()), adding: variables,
        limitMilliseconds: Self.commandLimitMilliseconds)
      return true
    } catch {
      return error != .notFound
    }
  }
}
