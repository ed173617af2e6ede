import UsageCore

/// One object for scripts, `"schema": 1`. Times are RFC 3339, percentages numbers.
enum JSONHost {
  static func spelled(_ readout: Readout) -> String {
    // A service with very many pools: the rows go before the headline does.
    for rows in [100, 8, 4, 2, 0] {
      let line = object(readout, rows: rows).closed + "\n"
      if line.utf8.count < HostLimit.line || rows == 0 { return line }
    }
    return "{\"schema\":1}\n"
  }

  private static func object(_ readout: Readout, rows: Int) -> JSONText {
    let facts = readout.facts
    var object = JSONText()
    object.add("schema", Int64(1))
    object.add("state", readout.state.word)
    object.add("stale", facts.isStale)
    if let problem = facts.problem { object.add("problem", problem.kind.rawValue) }
    if let sentence = facts.sentence { object.add("message", OneLine.of(sentence, bytes: 200)) }
    object.add("text", OneLine.of(readout.text, bytes: 100))
    guard let figures = facts.figures else { return object }
    object.add("taken_at", RFC3339.text(figures.takenAt))
    if let plan = figures.plan { object.add("plan", plan) }
    if let organization = figures.organization { object.add("organization", organization) }
    if let headline = facts.headline {
      object.add("window", headline.id)
      if let projection = Projection(of: headline, now: facts.now) {
        object.add("pace_points", projection.pacePoints.rounded())
        if let full = projection.runsOutAt { object.add("runs_out_at", RFC3339.text(full)) }
      }
    }
    if let continuation = facts.continuation { object.add("continues_with", continuation.words) }
    object.add("limits", objects: facts.limits.prefix(rows).map(limit))
    if case .rateLimits(_, let extra) = figures.usage, let cents = extra.balanceCents {
      object.add("extra_usage_cents", cents)
    }
    return object
  }

  private static func limit(_ limit: Limit) -> JSONText {
    var object = JSONText()
    object.add("window", limit.id)
    if let used = limit.usedPercent { object.add("used_percent", used) }
    if let tokens = limit.usedTokens { object.add("used_tokens", tokens) }
    switch limit.allowance {
    case .tokens(let count): object.add("allowance_tokens", count)
    case .unlimited: object.add("unlimited", true)
    case .unknown, nil: break
    }
    if let reset = limit.resetsAt { object.add("resets_at", RFC3339.text(reset)) }
    return object
  }
}

/// `2026-11-21T07:50:11Z`, https://www.rfc-editor.org/rfc/rfc3339
public enum RFC3339 {
  public static func text(_ moment: Moment) -> String {
    let seconds = min(max(moment.seconds, 0), Moment.endOfYears.seconds)
    let (year, month, day) = date(ofDay: seconds / 86_400)
    let rest = seconds % 86_400
    return
      "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  private static func two(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// https://howardhinnant.github.io/date_algorithms.html#civil_from_days
  private static func date(ofDay day: Int64) -> (Int64, Int64, Int64) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
