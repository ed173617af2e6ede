import UsageCore

/// Prometheus' text exposition format, for the node_exporter's textfile collector.
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
///
/// Not for a bar: as long as there are limits to tell.
enum PrometheusHost {
  static func spelled(_ readout: Readout) -> String {
    var text = ""
    func family(
      _ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: String)]
    ) {
      guard !samples.isEmpty else { return }
      text += "# HELP droidbar_\(name) \(help)\n# TYPE droidbar_\(name) gauge\n"
      for sample in samples {
        let labels = sample.labels.map { "\($0.0)=\"\(escape($0.1))\"" }.joined(separator: ",")
        text += "droidbar_\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
      }
    }
    let facts = readout.facts
    family(
      "state", "The state of the reading, 1 for the one that holds.",
      [([("state", readout.state.word)], "1")])
    family(
      "stale", "1 when the figures are old and could not be renewed.",
      [([], facts.isStale ? "1" : "0")])
    family(
      "problem", "What stopped the last renewal.",
      facts.problem.map { [([("problem", $0.kind.rawValue)], "1")] } ?? [])
    guard let figures = facts.figures else { return text }
    family(
      "account_info", "Who the figures are of.",
      [([("plan", figures.plan ?? ""), ("organization", figures.organization ?? "")], "1")])
    family(
      "figures_timestamp_seconds", "When the service gave the figures.",
      [([], "\(figures.takenAt.seconds)")])
    func each(_ value: (Limit) -> String?) -> [(labels: [(String, String)], value: String)] {
      facts.limits.compactMap { limit in value(limit).map { ([("window", limit.id)], $0) } }
    }
    family(
      "used_ratio", "Used share of a limit, 1 is full.",
      each { $0.usedPercent.map { "\($0 / 100)" } })
    family("used_tokens", "Tokens used of an allowance.", each { $0.usedTokens.map { "\($0)" } })
    family(
      "allowance_tokens", "Tokens allowed in the period.",
      each { limit in
        if case .tokens(let count) = limit.allowance { "\(count)" } else { nil }
      })
    family(
      "reset_timestamp_seconds", "When a limit begins anew.",
      each { $0.resetsAt.map { "\($0.seconds)" } })
    if case .rateLimits(_, let extra) = figures.usage, let cents = extra.balanceCents {
      family("extra_usage_dollars", "Balance of Extra Usage.", [([], "\(Double(cents) / 100)")])
    }
    return text
  }

  private static func escape(_ value: String) -> String {
    var escaped = ""
    for scalar in OneLine.withoutControl(value).unicodeScalars {
      if scalar == "\\" || scalar == "\"" { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
