import UsageCore

/// One row for each limit below the name of its pool, in columns, at most 59 wide.
struct LimitRows {
  let facts: Readout.Facts
  let presentation: Presentation
  let titles: TitleColumn

  /// A group of lines for each pool.
  var groups: [[StyledLine]] {
    var groups: [[StyledLine]] = []
    var pool: String?
    for limit in facts.limits where limit.binds || !isUnused(pool: limit.pool) {
      if limit.pool != pool {
        pool = limit.pool
        groups.append([StyledLine(limit.pool, .bold)])
      }
      groups[groups.count - 1].append(row(limit))
    }
    return groups
  }

  private func isUnused(pool: String) -> Bool {
    facts.limits.allSatisfy { $0.pool != pool || $0.isIdle }
  }

  private func row(_ limit: Limit) -> StyledLine {
    let title = titles.padded(limit)
    guard let used = limit.usedPercent else {
      return StyledLine("  \(title)  \(tokens(limit))\(reset(limit))")
    }
    let shown = presentation.shownPercent(used: used)
    let number = (shown < 10 ? "  " : shown < 100 ? " " : "") + "\(shown)%"
    let left = presentation.share == .remaining ? " left" : ""
    let amount = limit.usedTokens == nil ? "" : "  \(tokens(limit))"
    let standardWidth = Presentation.defaultBarWidth - (left.isEmpty ? 0 : 4)
    let bar = Format.bar(
      percent: used, width: presentation.barWidth ?? standardWidth,
      mark: limit.elapsedShare(at: limit.takenAt).map { $0 * 100 }, style: presentation.barStyle)

    var line = StyledLine("  \(title)  ")
    let level = limit.isFull ? Level.limited : presentation.thresholds.level(usedPercent: used)
    line.add("\(bar) \(number)", level == .ok ? .plain : .level(level))
    line.add("\(left)\(amount)\(limit.isIdle ? "  idle" : reset(limit))")
    return line
  }

  private func tokens(_ limit: Limit) -> String {
    let used = Format.tokens(limit.usedTokens ?? 0)
    switch limit.allowance {
    case .tokens(let count): return "\(used)/\(Format.tokens(count))"
    case .unlimited: return "\(used), unlimited"
    case .unknown, nil: return "\(used) tokens"
    }
  }

  /// Without the clock time where token counts take its place.
  private func reset(_ limit: Limit) -> String {
    guard let reset = limit.resetsAt else { return "" }
    let countdown = "  resets in \(Format.duration(reset.seconds(since: facts.now)))"
    return limit.usedTokens == nil
      ? countdown + " (\(presentation.clock(reset, facts.now, .time)))" : countdown
  }
}

/// Pads the titles of limits to the same width. They are ASCII.
struct TitleColumn {
  private let width: Int

  init(_ limits: [Limit]) {
    width = limits.reduce(0) { max($0, $1.title.utf8.count) }
  }

  func padded(_ limit: Limit) -> String {
    limit.title + String(repeating: " ", count: max(0, width - limit.title.utf8.count))
  }

  var blank: String { String(repeating: " ", count: width) }
}
