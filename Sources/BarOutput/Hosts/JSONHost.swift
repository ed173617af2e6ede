import UsageCore

/// One JSON object for scripts, `"schema": 1`. Times are RFC 3339, percentages numbers.
enum JSONHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # For scripts, for example with jq:
        droidbar json | jq -r '.limits[] | "\\(.window) \\(.used_percent)%"'

        """
      },
      timeoutOutput: { _ in
        """
        {"schema":1,"state":"service-error","text":"droid: timed out","stale":false,"problem":"service-error",\
        "message":"Service error: reading the cache timed out."}

        """
      },
      hasTooltip: true, render: { readout, _ in render(readout) })
  }

  /// With many pools, rows are dropped until the line is short enough.
  private static func render(_ readout: Readout) -> String {
    var line = ""
    for rows in [100, 8, 4, 2, 0] {
      line = object(readout, rows: rows).line
      if line.utf8.count < LineLength.line { break }
    }
    return line
  }

  private static func object(_ readout: Readout, rows: Int) -> JSONObject {
    let facts = readout.facts
    var object = JSONObject()
    object.add("schema", Int64(1))
    object.add("state", readout.state.name)
    object.add("stale", facts.isStale)
    if let problem = facts.problem { object.add("problem", problem.kind.rawValue) }
    if let sentence = facts.sentence { object.add("message", Format.line(sentence, bytes: 200)) }
    object.add("text", Format.line(readout.text, bytes: 100))
    guard let data = facts.data else { return object }
    object.add("taken_at", RFC3339.text(data.takenAt))
    if let plan = data.plan { object.add("plan", plan) }
    if let organization = data.organization { object.add("organization", organization) }
    if let headline = facts.headline {
      object.add("window", headline.id)
      if let points = headline.pacePoints(at: facts.now) {
        object.add("pace_points", Int64(points.roundedInteger ?? 0))
      }
      addEnd(of: headline, at: facts.now, to: &object)
    }
    if let fallback = facts.fallback { object.add("continues_with", fallback.text) }
    object.add("limits", objects: facts.limits.prefix(rows).map { self.object($0, at: facts.now) })
    if case .rateLimits(_, let extra) = data.usage, let cents = extra.balanceCents {
      object.add("extra_usage_cents", cents)
    }
    return object
  }

  private static func object(_ limit: Limit, at now: Moment) -> JSONObject {
    var object = JSONObject()
    object.add("window", limit.id)
    if let used = limit.usedPercent { object.add("used_percent", used) }
    if let tokens = limit.usedTokens { object.add("used_tokens", tokens) }
    switch limit.allowance {
    case .tokens(let count): object.add("allowance_tokens", count)
    case .unlimited: object.add("unlimited", true)
    case .unknown, nil: break
    }
    if let reset = limit.resetsAt { object.add("resets_at", RFC3339.text(reset)) }
    addEnd(of: limit, at: now, to: &object)
    return object
  }

  private static func addEnd(of limit: Limit, at now: Moment, to object: inout JSONObject) {
    guard let end = limit.runsOut(at: now) else { return }
    object.add("runs_out_at", RFC3339.text(end.at))
    object.add("runs_out_between", [end.earliest, end.latest].map { RFC3339.text($0) })
  }
}
