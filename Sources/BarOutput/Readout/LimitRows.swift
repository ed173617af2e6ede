import UsageCore

/// A row a limit, below the name of its pool, in columns.
struct LimitRows {
  let facts: Readout.Facts
  let presentation: Presentation

  var lines: [StyledLine] {
    let shown = facts.limits.filter { $0.binds || !isUntouched(pool: $0.pool) }
    let titleWidth = shown.map(\.title.count).max() ?? 0
    var lines: [StyledLine] = []
    var pool = ""
    for limit in shown {
      if limit.pool != pool {
        pool = limit.pool
        lines.append(StyledLine(pool, .strong))
      }
      lines.append(row(limit, titleWidth: titleWidth))
    }
    return lines
  }

  private func isUntouched(pool: String) -> Bool {
    facts.limits.allSatisfy { $0.pool != pool || $0.isIdle }
  }

  private func row(_ limit: Limit, titleWidth: Int) -> StyledLine {
    let title = limit.title + String(repeating: " ", count: max(0, titleWidth - limit.title.count))
    guard let used = limit.usedPercent else {
      return StyledLine("  \(title)  \(tokens(limit))\(reset(limit))")
    }
    let percent = Words.wholePercent(used)
    let shown = presentation.share == .used ? percent : max(0, 100 - percent)
    let number = String(repeating: " ", count: max(0, 3 - "\(shown)".count)) + "\(shown)%"
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
