import UsageCore

/// The line in the bar when no template asks for another.
struct Headline {
  let facts: Readout.Facts
  let presentation: Presentation

  var text: String {
    guard let limit = facts.headline else { return "" }
    let name = limit.shortTitle.map { "\($0) " } ?? ""
    return name + share(of: limit) + note(on: limit)
  }

  var shortText: String {
    facts.headline.map { share(of: $0) } ?? ""
  }

  /// `63%`, `37% left`, or tokens where there is no percentage.
  private func share(of limit: Limit) -> String {
    guard let used = limit.usedPercent else { return Words.tokens(limit.usedTokens ?? 0) }
    let percent = Words.wholePercent(used)
    return presentation.share == .used ? "\(percent)%" : "\(max(0, 100 - percent))% left"
  }

  private func note(on limit: Limit) -> String {
    if facts.isStale && !presentation.hasTooltip, let age = facts.ageWords { return " · \(age)" }
    if let full = facts.full, full.id != limit.id { return " · \(full.shortTitle ?? full.id) full" }
    if limit.isFull, let continuation = facts.continuation { return " · \(continuation.words)" }
    let pressing = facts.pressing.map { " · \($0.shortTitle ?? $0.id) \(share(of: $0))" } ?? ""
    guard let reset = limit.resetsAt else { return pressing }
    return " · \(Words.duration(reset.seconds(since: facts.now)))" + pressing
  }
}

extension Readout.Facts {
  /// `2h old`.
  public var ageWords: String? {
    figures.map { "\(Words.duration(max(0, now.seconds(since: $0.takenAt)))) old" }
  }
}
