import UsageCore

/// The whole picture, in lines for a fixed-width font.
struct Tooltip {
  let facts: Readout.Facts
  let state: Readout.State
  let presentation: Presentation

  private var titles: TitleColumn { TitleColumn(facts.limits) }

  var lines: [StyledLine] {
    guard let figures = facts.figures else {
      var lines = [StyledLine("Droid", .strong)]
      if let sentence = facts.sentence { lines.append(StyledLine(sentence)) }
      return lines
    }
    var lines = [heading(figures)]
    lines += LimitRows(facts: facts, presentation: presentation, titles: titles).lines
    lines += extra(figures)
    if let note = fullNote { lines.append(StyledLine(note, .level(.critical))) }
    lines += pace
    addCourses(to: &lines)
    lines += local(figures)
    lines += freshness(figures)
    return lines
  }

  private func heading(_ figures: Snapshot.Figures) -> StyledLine {
    var heading = "Droid"
    if let plan = figures.plan { heading += " · " + plan }
    if let organization = figures.organization { heading += " · " + organization }
    return StyledLine(heading, .strong)
  }

  private func extra(_ figures: Snapshot.Figures) -> [StyledLine] {
    var lines: [StyledLine] = []
    if case .rateLimits(_, let extra) = figures.usage, let cents = extra.balanceCents, cents != 0 {
      let off = extra.isAllowed == false ? " (off)" : ""
      lines.append(StyledLine("Extra Usage \(Words.dollars(cents: cents))\(off)"))
    }
    if let compute = figures.compute {
      let used = Words.hours(seconds: compute.usedSeconds)
      let limit = Words.hours(seconds: compute.limitSeconds)
      lines.append(StyledLine("Droid Computers \(used) of \(limit)"))
    }
    return lines
  }

  private var fullNote: String? {
    guard let full = facts.full else { return nil }
    let what = full.pool == PoolTitle.tokens ? "The \(full.id) allowance" : full.pool
    guard let continuation = facts.continuation else {
      let until = full.resetsAt.map { " until \(presentation.clock($0, facts.now))" } ?? ""
      return "\(what) is full: work stops\(until)."
    }
    return "\(what) is full: going on with \(continuation.words)."
  }

  /// Of the headline's limit, and of any other that would end work before its reset.
  private var pace: [StyledLine] {
    // Where work has stopped, nothing else runs out before it.
    guard state != .level(.limited) else { return [] }
    let words = PaceWords(presentation: presentation, now: facts.now)
    var lines: [StyledLine] = []
    for limit in facts.limits where limit.binds || limit.id == facts.headline?.id {
      guard let projection = Projection(of: limit, now: facts.now),
        projection.runsOutAt != nil || limit.id == facts.headline?.id
      else { continue }
      if lines.isEmpty { lines.append(StyledLine("Pace", .strong)) }
      var line = StyledLine("  \(titles.padded(limit))  \(PaceWords.pace(projection))")
      if let rate = PaceWords.rate(limit) { line.add(" · \(rate)") }
      if let runsOut = words.runsOut(limit, projection) {
        line.add(" · ")
        line.add(runsOut, .level(.warning))
      }
      lines.append(line)
    }
    return lines
  }

  /// Two at most: of the last day, and of the last week.
  private func addCourses(to lines: inout [StyledLine]) {
    for limit in facts.limits {
      if let day = limit.trend?.day { lines.append(course("Last day   ", day, limit)) }
    }
    for limit in facts.limits {
      if let week = limit.trend?.week { lines.append(course("Last week  ", week, limit)) }
    }
  }

  private func course(_ title: String, _ course: Trend.Course, _ limit: Limit) -> StyledLine {
    var line = StyledLine("\(title)\(Sparkline.text(course))")
    line.add("  \(limit.title)", .dim)
    return line
  }

  private func local(_ figures: Snapshot.Figures) -> [StyledLine] {
    // Yesterday's are nobody's business today.
    guard presentation.showsLocalTokens, let local = figures.local, local.until > facts.now else {
      return []
    }
    guard !local.models.isEmpty else { return [StyledLine("Today on this machine: no tokens")] }
    let width = local.models.map(\.name.count).max() ?? 0
    let rows = local.models.map { model in
      let gap = String(repeating: " ", count: width - model.name.count)
      return StyledLine("  \(model.name)\(gap)  \(tokens(model.count))")
    }
    return [StyledLine("Today on this machine: \(tokens(local.total))")] + rows
  }

  private func tokens(_ count: TokenCount) -> String {
    let cached = count.fromCache > 0 ? " + \(Words.tokens(count.fromCache)) from cache" : ""
    return Words.tokens(count.worked) + cached
  }

  private func freshness(_ figures: Snapshot.Figures) -> [StyledLine] {
    guard facts.isStale else {
      let age = facts.now.seconds(since: figures.takenAt)
      let old = age >= 60 ? " (\(Words.duration(age)) old)" : ""
      return [StyledLine("as of \(presentation.clock(figures.takenAt, facts.now))\(old)", .dim)]
    }
    let share = facts.headline?.usedPercent.map { "\(Words.wholePercent($0))% · " } ?? ""
    let line = StyledLine("\(share)\(facts.ageWords ?? "")", .level(.warning))
    return [line] + (facts.sentence.map { [StyledLine($0)] } ?? [])
  }
}
