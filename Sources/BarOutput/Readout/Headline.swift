import UsageCore

/// The text in the bar, unless a template replaces it.
struct Headline {
  let facts: Readout.Facts
  let presentation: Presentation

  var text: String {
    guard let limit = facts.headline else { return "" }
    let title = limit.shortTitle.map { "\($0) " } ?? ""
    return ([title + share(of: limit)] + notes(on: limit)).joined(separator: " · ")
  }

  var shortText: String {
    guard let limit = facts.headline else { return "" }
    return [share(of: limit), staleAge].compactMap { $0 }.joined(separator: " · ")
  }

  /// `63%`, `37% left`, or tokens without a percentage.
  private func share(of limit: Limit) -> String {
    guard let used = limit.usedPercent else { return Format.tokens(limit.usedTokens ?? 0) }
    return "\(presentation.shownPercent(used: used))%"
      + (presentation.share == .used ? "" : " left")
  }

  private var staleAge: String? { facts.isStale ? facts.age : nil }

  /// The countdown, or the age of stale data, and what another limit means for the work.
  private func notes(on limit: Limit) -> [String] {
    let age = staleAge
    if let full = facts.full, full.id != limit.id {
      return [age, "\(full.name) full"].compactMap { $0 }
    }
    if limit.isFull, let fallback = facts.fallback {
      return [age, fallback.text].compactMap { $0 }
    }
    let countdown = limit.resetsAt.map { Format.duration($0.seconds(since: facts.now)) }
    let worse = facts.worse.map { "\($0.name) \(share(of: $0))" }
    return [age ?? countdown, worse].compactMap { $0 }
  }
}

extension Readout.Facts {
  /// `2h old`.
  public var age: String? {
    data.map { "\(Format.duration(max(0, now.seconds(since: $0.takenAt)))) old" }
  }
}
