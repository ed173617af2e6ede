import Foundation

/// The table of all scores.
struct Report {
  let names: [String]
  /// One list of seeds for each persona.
  let results: [[Result]]
  /// Simulated months of each persona.
  let months: Double

  func show(worst: Bool) {
    headlines()
    for limit in ["5h", "week", "month", "standard"] { table(limit) }
    let all = results.flatMap { $0 }
    let late = all.flatMap { $0.late }
    let predictable = late.count { $0.cause == .predictable }
    print("\(late.count) late weekly stops, \(predictable) of them predictable:")
    for one in late { print("- \(one.line)") }
    print("")
    let polls = all.reduce(0) { $0 + $1.polls }
    let time = all.reduce(0) { $0 + $1.microseconds }
    print(String(format: "%d polls, %.0f µs each", polls, time / Double(polls)))
    guard worst else { return }
    print("\nThe ten worst forecasts, by their error as a share of the window:")
    for one in WorstCase.tenWorst(all.flatMap { $0.worst }) { print("- \(one.line)") }
  }

  /// Whether the counts of droidbar's forecasts are as good as they were.
  func check() -> Bool {
    let all = results.flatMap { $0 }
    let headline = all.reduce(HeadlineScore()) { $0 + ($1.headlines[.droidbar] ?? HeadlineScore()) }
    func score(_ limit: String) -> Score {
      all.compactMap { $0.scores[.droidbar]?[limit] }.reduce(Score(), +)
    }
    let (five, week, month) = (score("5h"), score("week"), score("month"))
    let checks: [(name: String, isGood: Bool)] = [
      ("headline right in 72 % of the polls", headline.share >= 0.72),
      ("5h: 58 % of the time shown comes true", five.precision >= 0.58),
      ("5h: at most 8 late stops", five.unannounced <= 8),
      ("5h: at most 35 false alarms", five.falseAlarms <= 35),
      ("week: median error at most 7 hours", quantile(week.errors, 0.5) <= 7),
      ("week: at most 22 false alarms", week.falseAlarms <= 22),
      ("week: no late stop", week.unannounced == 0),
      ("month: no late stop", month.unannounced == 0),
      ("month: at most 20 switches", month.switches <= 20),
    ]
    for check in checks { print(check.isGood ? "ok: \(check.name)" : "FAILED: \(check.name)") }
    return checks.allSatisfy { $0.isGood }
  }

  private func headlines() {
    print("Headline is the limit that stops work first:")
    var line = column("", 28)
    for method in Method.allCases { line += column(method.name, 20) }
    print(line)
    var totals: [Method: HeadlineScore] = [:]
    for (name, seeds) in zip(names, results) {
      var line = column("  " + name, 28)
      for method in Method.allCases {
        let score = seeds.reduce(HeadlineScore()) { $0 + ($1.headlines[method] ?? HeadlineScore()) }
        totals[method] = (totals[method] ?? HeadlineScore()) + score
        line += column(percent(score.share), 20)
      }
      print(line)
    }
    var last = column("  all", 28)
    for method in Method.allCases { last += column(percent(totals[method]?.share ?? .nan), 20) }
    print(last + "\n")
  }

  private func table(_ limit: String) {
    let header =
      column("\(limit == "standard" ? "token allowance" : limit)", 28)
      + [
        "median h", "90 % h", "true/shown", "false/month", "false h/month", "warning h",
        "late stops", "switches/month",
      ].map { column($0, 15) }.joined()
    var rows: [String] = []
    for method in [Method.droidbar, .average] {
      var sum = Score()
      var persons = 0.0
      for (name, seeds) in zip(names, results) {
        let scores = seeds.compactMap { $0.scores[method]?[limit] }
        guard !scores.isEmpty else { continue }
        let score = scores.reduce(Score(), +)
        sum = sum + score
        persons += 1
        rows.append(row("  " + name + (method == .average ? " (average)" : ""), score, months))
      }
      guard persons > 0 else { return }
      rows.append(row("  ALL " + method.name, sum, months * persons))
    }
    print(header)
    for row in rows { print(row) }
    print("")
  }

  private func row(_ name: String, _ score: Score, _ months: Double) -> String {
    let fields = [
      number(quantile(score.errors, 0.5)), number(quantile(score.errors, 0.9)),
      percent(score.precision), number(Double(score.falseAlarms) / months),
      number(score.falseHours / months),
      number(quantile(score.warnings, 0.5)), "\(score.unannounced) of \(score.warnings.count)",
      number(Double(score.switches) / months),
    ]
    return column(name, 28) + fields.map { column($0, 15) }.joined()
  }

  private func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  private func number(_ value: Double) -> String {
    value.isNaN ? "-" : String(format: "%.1f", value)
  }
  private func percent(_ share: Double) -> String {
    share.isNaN ? "-" : String(format: "%.1f %%", share * 100)
  }
  private func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
