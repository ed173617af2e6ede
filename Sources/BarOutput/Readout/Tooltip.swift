import UsageCore

/// All limits and trends, in lines for a fixed-width font.
struct Tooltip {
  /// With fewer known steps, a sparkline says nothing.
  private static let minimumSparklineSteps = 4

  let facts: Readout.Facts
  let presentation: Presentation

  private var titles: TitleColumn { TitleColumn(facts.limits) }

  var lines: [StyledLine] {
    guard let data = facts.data else {
      return [heading] + (facts.sentence.map { [StyledLine($0)] } ?? [])
    }
    let rows = LimitRows(facts: facts, presentation: presentation, titles: titles).groups
    let groups =
      [[heading]] + rows
      + [extra(data) + usedUp, pace, sparklines, local(data), freshness(data)]
    return Array(groups.filter { !$0.isEmpty }.joined(separator: [StyledLine()]))
  }

  private var heading: StyledLine {
    let names = ["Droid", presentation.account, facts.data?.plan, facts.data?.organization]
    return StyledLine(names.compactMap { $0 }.joined(separator: " · "), .bold)
  }

  private func extra(_ data: Snapshot.UsageData) -> [StyledLine] {
    var lines: [StyledLine] = []
    if case .rateLimits(_, let extra) = data.usage, let cents = extra.balanceCents, cents != 0 {
      let disabled = extra.isAllowed == false ? " (disabled)" : ""
      lines.append(StyledLine("Extra Usage: \(Format.dollars(cents: cents)) left\(disabled)"))
    }
    if let compute = data.compute {
      let used = Format.hours(seconds: compute.usedSeconds)
      let limit = Format.hours(seconds: compute.limitSeconds)
      lines.append(StyledLine("Droid Computers: \(used) of \(limit)"))
    }
    return lines
  }

  private var usedUp: [StyledLine] {
    guard let full = facts.full else { return [] }
    let what = full.pool == PoolTitle.tokens ? "The \(full.id) allowance" : full.pool
    var text = "\(what) is used up"
    if let fallback = facts.fallback {
      text += "; continuing with \(fallback.text)."
    } else {
      let until = full.resetsAt.map { " until \(presentation.clock($0, facts.now, .time))" } ?? ""
      text += ": work stops\(until)."
    }
    return [StyledLine(text, .level(.critical))]
  }

  /// Of the limit in the headline, and of any other that runs out before its reset.
  private var pace: [StyledLine] {
    let text = PaceText(presentation: presentation, now: facts.now)
    var lines: [StyledLine] = []
    for limit in facts.limits where limit.binds || limit.id == facts.headline?.id {
      let pace = limit.id == facts.headline?.id ? limit.pacePoints(at: facts.now) : nil
      let runsOut = text.runsOut(limit)
      var title = titles.padded(limit)
      if let pace {
        let rate = PaceText.rate(limit).map { ", \($0)" } ?? ""
        lines.append(StyledLine("  \(title)  \(PaceText.pace(pace))\(rate)"))
        title = titles.blank
      }
      if let runsOut {
        var line = StyledLine("  \(title)  ")
        line.add(runsOut, .level(.warning))
        lines.append(line)
      }
    }
    return lines.isEmpty ? [] : [StyledLine("Pace", .bold)] + lines
  }

  private var sparklines: [StyledLine] {
    let days = facts.limits.compactMap { sparkline($0, $0.trend?.day, "last 24 hours") }
    let weeks = facts.limits.compactMap { sparkline($0, $0.trend?.week, "last 7 days") }
    return days + weeks
  }

  private func sparkline(_ limit: Limit, _ sparkline: Trend.Sparkline?, _ span: String)
    -> StyledLine?
  {
    guard presentation.barStyle.hasSparklines, let sparkline,
      sparkline.steps.utf8.filter({ $0 != UInt8(ascii: "-") }).count >= Self.minimumSparklineSteps
    else { return nil }
    var line = StyledLine(
      "  \(titles.padded(limit))  \(SparklineText.render(sparkline, presentation.barStyle))")
    line.add("  \(span)", .dim)
    return line
  }

  private func local(_ data: Snapshot.UsageData) -> [StyledLine] {
    guard presentation.showsLocalTokens, let local = data.local, local.until > facts.now else {
      return []
    }
    guard !local.models.isEmpty else { return [StyledLine("Today on this machine: no tokens")] }
    let width = local.models.reduce(0) { max($0, $1.name.count) }
    let rows = local.models.map { model in
      let gap = String(repeating: " ", count: width - model.name.count)
      return StyledLine("  \(model.name)\(gap)  \(tokens(model.count))")
    }
    return [StyledLine("Today on this machine: \(tokens(local.total))")] + rows
  }

  private func tokens(_ count: TokenCount) -> String {
    let cached = count.fromCache > 0 ? " + \(Format.tokens(count.fromCache)) from cache" : ""
    return Format.tokens(count.worked) + cached
  }

  private func freshness(_ data: Snapshot.UsageData) -> [StyledLine] {
    var lines: [StyledLine] = []
    if facts.isStale {
      lines.append(StyledLine("Data is \(facts.age ?? "old").", .level(.warning)))
      if let sentence = facts.sentence { lines.append(StyledLine(sentence)) }
    } else {
      let age = facts.now.seconds(since: data.takenAt)
      let old = age >= 60 ? " (\(Format.duration(age)) old)" : ""
      lines.append(
        StyledLine("as of \(presentation.clock(data.takenAt, facts.now, .time))\(old)", .dim))
    }
    if presentation.explainsClicks {
      lines.append(StyledLine("click: next limit · middle: refresh · right: web page", .dim))
    }
    return lines
  }
}
