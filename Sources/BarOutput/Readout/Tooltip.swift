import UsageCore

/// The whole picture, in lines for a fixed-width font.
struct Tooltip {
  let facts: Readout.Facts
  let presentation: Presentation

  var lines: [String] {
    guard let figures = facts.figures else {
      return ["Droid"] + (facts.sentence.map { [$0] } ?? [])
    }
    var lines = [heading(figures)]
    lines += rows
    lines += extra(figures)
    if let note = fullNote { lines.append(note) }
    lines += freshness(figures)
    return lines
  }

  private func heading(_ figures: Snapshot.Figures) -> String {
    var heading = "Droid"
    if let plan = figures.plan { heading += " · " + plan }
    if let organization = figures.organization { heading += " · " + organization }
    return heading
  }

  private var rows: [String] {
    let shown = facts.limits.filter { $0.binds || !isUntouched(pool: $0.pool) }
    let titleWidth = shown.map(\.title.count).max() ?? 0
    var lines: [String] = []
    var pool = ""
    for limit in shown {
      if limit.pool != pool {
        pool = limit.pool
        lines.append(pool)
      }
      lines.append(row(limit, titleWidth: titleWidth))
    }
    return lines
  }

  private func isUntouched(pool: String) -> Bool {
    facts.limits.filter { $0.pool == pool }.allSatisfy(\.isIdle)
  }

  private func row(_ limit: Limit, titleWidth: Int) -> String {
    let title = limit.title + String(repeating: " ", count: max(0, titleWidth - limit.title.count))
    guard let used = limit.usedPercent else {
      return "  \(title)  \(tokens(limit))\(reset(limit))"
    }
    let percent = Words.wholePercent(used)
    let shown = presentation.share == .used ? percent : max(0, 100 - percent)
    let number = String(repeating: " ", count: max(0, 3 - "\(shown)".count)) + "\(shown)%"
    let left = presentation.share == .remaining ? " left" : ""
    let amount = limit.usedTokens == nil ? "" : "  \(tokens(limit))"
    let bar = Words.bar(percent: used, width: presentation.barWidth)
    return "  \(title)  \(bar) \(number)\(left)\(amount)\(limit.isIdle ? "  idle" : reset(limit))"
  }

  private func tokens(_ limit: Limit) -> String {
    let used = Words.tokens(limit.usedTokens ?? 0)
    switch limit.allowance {
    case .tokens(let count): return "\(used)/\(Words.tokens(count))"
    case .unlimited: return "\(used), unlimited"
    case .unknown, nil: return "\(used) tokens"
    }
  }

  private func reset(_ limit: Limit) -> String {
    guard let reset = limit.resetsAt else { return "" }
    return
      "  \(Words.duration(reset.seconds(since: facts.now))) (\(presentation.clock(reset, facts.now)))"
  }

  private func extra(_ figures: Snapshot.Figures) -> [String] {
    var lines: [String] = []
    if case .rateLimits(_, let extra) = figures.usage, let cents = extra.balanceCents, cents != 0 {
      lines.append(
        "Extra Usage \(Words.dollars(cents: cents))\(extra.isAllowed == false ? " (off)" : "")")
    }
    if let compute = figures.compute {
      lines.append(
        "Droid Computers \(Words.hours(seconds: compute.usedSeconds)) of \(Words.hours(seconds: compute.limitSeconds))"
      )
    }
    return lines
  }

  private var fullNote: String? {
    guard let headline = facts.headline, headline.isFull else { return nil }
    let what = headline.pool == "Tokens" ? "The \(headline.id) allowance" : headline.pool
    guard let continuation = facts.continuation else {
      let until = headline.resetsAt.map { " until \(presentation.clock($0, facts.now))" } ?? ""
      return "\(what) is full: work stops\(until)."
    }
    return "\(what) is full: going on with \(continuation.words)."
  }

  private func freshness(_ figures: Snapshot.Figures) -> [String] {
    guard facts.isStale else { return ["as of \(presentation.clock(figures.takenAt, facts.now))"] }
    let share = facts.headline?.usedPercent.map { "\(Words.wholePercent($0))% · " } ?? ""
    let line = "\(share)\(facts.ageWords ?? "")"
    return [line] + (facts.sentence.map { [$0] } ?? [])
  }
}
