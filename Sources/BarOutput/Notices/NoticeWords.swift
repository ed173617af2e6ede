import UsageCore

/// A notice in words: a title, and a line below it.
public struct NoticeWords {
  public let title: String
  let body: String

  /// As desktops read it: https://specifications.freedesktop.org/notification-spec/latest/markup.html
  public var bodyMarkup: String { Pango.escape(body) }

  public init(_ notice: Notice, facts: Readout.Facts, presentation: Presentation) {
    let limit = notice.limit
    let name =
      limit.pool == PoolTitle.tokens ? "\(limit.title) tokens" : "\(limit.pool), \(limit.title)"
    switch notice.event {
    case .openAgain:
      title = "Droid: \(name) is open again"
      let full = facts.limits.first { $0.binds && $0.isFull }
      body = full.map { "\($0.title) is still full\(Self.until($0, facts, presentation))." } ?? ""
    case .reached(.full):
      title = "Droid: \(name) is full"
      let until = Self.until(limit, facts, presentation)
      body =
        facts.continuation.map { "Going on with \($0.words)\(until)." } ?? "Work stops\(until)."
    case .reached:
      title = "Droid: \(name) at \(Words.wholePercent(limit.usedPercent ?? 0))%"
      let reset = limit.resetsAt.map { reset in
        "Resets in \(Words.duration(reset.seconds(since: facts.now)))"
          + " (\(presentation.clock(reset, facts.now)))"
      }
      let words = PaceWords(presentation: presentation, now: facts.now)
      let runsOut = Projection(of: limit, now: facts.now).flatMap { words.runsOut(limit, $0) }
      body = [reset, runsOut].compactMap { $0 }.joined(separator: "; ")
    }
  }

  private static func until(_ limit: Limit, _ facts: Readout.Facts, _ presentation: Presentation)
    -> String
  {
    limit.resetsAt.map { " until \(presentation.clock($0, facts.now))" } ?? ""
  }
}
