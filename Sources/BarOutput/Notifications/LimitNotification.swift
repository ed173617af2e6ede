import UsageCore

/// An event of a limit that the user is notified of.
public struct LimitNotification: Sendable {
  /// What a notification can be about.
  public enum Event: Equatable, Sendable {
    case reached(NotificationStage)
    /// It was used up and is available again.
    case availableAgain
  }

  /// As it is after the event.
  public let limit: Limit
  /// The stage that was reached, or that work can go on.
  public let event: Event

  /// True for `critical` and `full`, which are sent with critical urgency.
  public var isUrgent: Bool { event == .reached(.full) || event == .reached(.critical) }
}

/// How far a limit is used, in ascending order. The raw value is in the state file and in `NOTIFY_LEVEL`.
public enum NotificationStage: String, CaseIterable, Comparable, Sendable {
  case none
  case warning
  case critical
  case full

  public static func < (left: NotificationStage, right: NotificationStage) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The wording of a notification.
public struct NotificationText {
  /// Names the limit: `Droid: Standard Usage, weekly at 76%`.
  public let title: String
  /// When the limit resets or what is used instead, as plain text; may be empty.
  public let body: String

  /// https://specifications.freedesktop.org/notification-spec/latest/markup.html
  public var bodyMarkup: String { Pango.escape(body) }

  public init(
    _ notification: LimitNotification, facts: Readout.Facts, presentation: Presentation
  ) {
    let limit = notification.limit
    let name =
      limit.pool == PoolTitle.tokens ? "\(limit.title) tokens" : "\(limit.pool), \(limit.title)"
    func until(_ limit: Limit) -> String {
      limit.resetsAt.map { " until \(presentation.clock($0, facts.now, .time))" } ?? ""
    }
    switch notification.event {
    case .availableAgain:
      title = "Droid: \(name) is available again"
      let full = facts.limits.first { $0.binds && $0.isFull }
      body = full.map { "The \($0.title) limit is still used up\(until($0))." } ?? ""
    case .reached(.full):
      title = "Droid: \(name) is used up"
      body =
        facts.fallback.map { "Continuing with \($0.text)\(until(limit))." }
        ?? "Work stops\(until(limit))."
    case .reached:
      title = "Droid: \(name) at \(Format.wholePercent(limit.usedPercent ?? 0))%"
      let reset = limit.resetsAt.map { reset in
        "Resets in \(Format.duration(reset.seconds(since: facts.now)))"
          + " (\(presentation.clock(reset, facts.now, .time)))"
      }
      let runsOut = PaceText(presentation: presentation, now: facts.now).runsOut(limit)
      body = [reset, runsOut].compactMap { $0 }.joined(separator: "; ")
    }
  }
}
