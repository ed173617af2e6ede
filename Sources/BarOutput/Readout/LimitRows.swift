import UsageCore

/// A row a limit, below the name of its pool, in columns.
struct LimitRows {
  let facts: Readout.Facts
  let presentation: Presentation
  let titles: TitleColumn

  var lines: [StyledLine] {
    var lines: [StyledLine] = []
    var pool = ""
    for limit in facts.limits where limit.binds || !isUntouched(pool: limit.pool) {
      if limit.pool != pool {
        pool = limit.pool
        lines.append(StyledLine(pool, .strong))
      }
      lines.append(row(limit))
    }
    return lines
  }

  private func isUntouched(pool: String) -> Bool {
    facts.limits.allSatisfy { $0.pool != pool || $0.isIdle }
  }

  private func row(_ limit: Limit) -> StyledLine {
    let title = titles.padded(limit)
    guard let used = limit.usedPercent else {
      return StyledLine("  \(title)  \(tokens(limit))\(reset(limit))")
    }
    let percent = Words.wholePercent(used)
    let shown = presentation.share == .used ? percent : max(0, 100 - percent)
    let number = (shown < 10 ? "  " : shown < 100 ? " " : "") + "\(shown)%"
    let left = presentation.share == .remaining ? " left" : ""
    let amount = limit.usedTokens == nil ? "" : "  \(tokens(limit))"
    let bar = Words.bar(percent: used, width: presentation.barWidth ?? Presentation.usualBarWidth)

    var line = StyledLine("  \(title)  ")
    let level = limit.isFull ? Level.limited : presentation.thresholds.level(usedPercent: used)
    line.add("\(bar) \(number)", level == .ok ? .plain : .level(level))
    line.add("\(left)\(amount)\(limit.isIdle ? "  idle" : reset(limit))")
    return line
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
    let countdown = Words.duration(reset.seconds(since: facts.now))
    return "  \(countdown) (\(presentation.clock(reset, facts.now)))"
  }
}

/// The titles of limits, made equally wide. They are ours, and ASCII.
struct TitleColumn {
  private let width: Int

  init(_ limits: [Limit]) {
    var width = 0
    for limit in limits { width = max(width, limit.title.utf8.count) }
    self.width = width
  }

  func padded(_ limit: Limit) -> String {
    var title = limit.title
    for _ in title.utf8.count..<max(width, title.utf8.count) { title += " " }
    return title
  }
}
