import UsageCore

/// Prometheus, through node_exporter's textfile collector.
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
///
/// The output is as long as there are limits; no bar shows it.
enum PrometheusHost {
  static var format: HostFormat {
    HostFormat(
      snippet: {
        """
        # A crontab line for node_exporter's --collector.textfile.directory, with the absolute path of droidbar:
        * * * * * $HOME/.local/bin/droidbar prometheus --output /var/lib/prometheus/node-exporter/droidbar.prom

        """
      },
      timeoutOutput: { _ in "droidbar_state{state=\"service-error\"} 1\n" },
      hasTooltip: true, render: { readout, _ in render(readout) },
      ownOptions: ["--output"])
  }

  private struct Metric {
    var labels: [(name: String, value: String)] = []
    let value: String
  }

  private static func render(_ readout: Readout) -> String {
    let facts = readout.facts
    var text = family(
      "state", "The state of the reading; 1 for the current one.",
      [Metric(labels: [("state", readout.state.name)], value: "1")])
    text += family(
      "stale", "1 when the data is out of date and could not be refreshed.",
      [Metric(value: facts.isStale ? "1" : "0")])
    text += family(
      "problem", "Why the last refresh failed.",
      facts.problem.map { [Metric(labels: [("problem", $0.kind.rawValue)], value: "1")] } ?? [])
    guard let data = facts.data else { return text }
    text += family(
      "account_info", "The account.",
      [
        Metric(
          labels: [("plan", data.plan ?? ""), ("organization", data.organization ?? "")],
          value: "1")
      ])
    text += family(
      "figures_timestamp_seconds", "When the service returned the data.",
      [Metric(value: "\(data.takenAt.seconds)")])
    func each(_ value: (Limit) -> String?) -> [Metric] {
      facts.limits.compactMap { limit in
        value(limit).map { Metric(labels: [("window", limit.id)], value: $0) }
      }
    }
    text += family(
      "used_ratio", "Used share of a limit; 1 is full.",
      each { $0.usedPercent.map { "\($0 / 100)" } })
    text += family("used_tokens", "Used tokens.", each { $0.usedTokens.map { "\($0)" } })
    text += family(
      "allowance_tokens", "Allowed tokens in the billing period.",
      each { limit in
        if case .tokens(let count) = limit.allowance { "\(count)" } else { nil }
      })
    text += family(
      "reset_timestamp_seconds", "When a limit resets.",
      each { $0.resetsAt.map { "\($0.seconds)" } })
    if case .rateLimits(_, let extra) = data.usage, let cents = extra.balanceCents {
      text += family(
        "extra_usage_dollars", "Balance of Extra Usage.",
        [Metric(value: "\(Double(cents) / 100)")])
    }
    return text
  }

  private static func family(_ name: String, _ help: String, _ metrics: [Metric]) -> String {
    guard !metrics.isEmpty else { return "" }
    var text = "# HELP droidbar_\(name) \(help)\n# TYPE droidbar_\(name) gauge\n"
    for metric in metrics {
      let labels = metric.labels.map { "\($0.name)=\"\(escape($0.value))\"" }
      text += "droidbar_\(name)"
      if !labels.isEmpty { text += "{\(labels.joined(separator: ","))}" }
      text += " \(metric.value)\n"
    }
    return text
  }

  private static func escape(_ value: String) -> String {
    Format.withoutControlCharacters(value).unicodeScalars.reduce(into: "") { text, scalar in
      if scalar == "\\" || scalar == "\"" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
  }
}
