import BarOutput
import Foundation
import UsageCore

/// Scores the forecasts of UsageCore in hindsight, for simulated persons whose future is known.
///
///     swift run -c release forecast-laboratory [--held-out | --quick] [--worst]
@main
struct Laboratory {
  static let limits = ["5h", "week", "month"]

  static func main() async {
    let arguments = Set(CommandLine.arguments.dropFirst())
    let isQuick = arguments.contains("--quick")
    let personas = arguments.contains("--held-out") ? Persona.heldOut : Persona.tuning
    let seeds: [UInt64] =
      isQuick ? [7] : arguments.contains("--held-out") ? [1009, 2003] : [1, 2]
    let chosen = isQuick ? Array(Persona.heldOut.prefix(4)) : personas
    let start = Date()
    let results = await withTaskGroup(of: (Int, Result).self) { group in
      for (index, persona) in chosen.enumerated() {
        for seed in seeds {
          group.addTask { (index, Result.of(persona, seed: seed &+ UInt64(index) &* 31)) }
        }
      }
      var all: [(Int, Result)] = []
      for await result in group { all.append(result) }
      return all
    }
    Report(
      names: chosen.map { $0.name },
      results: chosen.indices.map { index in
        results.filter { $0.0 == index }.map { $0.1 }
      },
      months: Double(Life.days) / 30 * Double(seeds.count)
    ).show(worst: arguments.contains("--worst"))
    print(String(format: "%.0f s", Date().timeIntervalSince(start)))
  }
}

enum Method: Int, CaseIterable {
  case droidbar, average, highest
  var name: String {
    switch self {
    case .droidbar: "droidbar"
    case .average: "average line"
    case .highest: "highest percentage"
    }
  }
}

/// All scores of one simulated life.
struct Result {
  var scores: [Method: [String: Score]] = [:]
  var headlines: [Method: HeadlineScore] = [:]
  var worst: [WorstCase] = []
  var microseconds = 0.0
  var polls = 0

  static func of(_ persona: Persona, seed: UInt64) -> Result {
    let life = Life(persona, seed: seed)
    var result = Result()
    var followers: [Method: [String: Follower]] = [:]
    var bar = SimulatedBar(life: life)
    for poll in life.polls {
      let clock = ContinuousClock()
      var view = BarView(headline: nil, runsOut: [:])
      let spent = clock.measure { view = bar.view(poll) }
      result.microseconds += Double(spent.components.attoseconds) / 1e12
      result.polls += 1
      let average = Baseline.averageLine(poll)
      let views: [(Method, BarView)] = [
        (.droidbar, view), (.average, average), (.highest, Baseline.highest(poll)),
      ]
      for (method, view) in views {
        for limit in bar.limits {
          let index = poll.running.first { life.instances[$0].limit == limit }
          followers[method, default: [:]][limit, default: Follower()].poll(
            at: poll.at, index, life.instances, shown: view.runsOut[limit])
        }
      }
      result.addHeadlines(poll, life, views)
      result.addWorst(persona, poll, life, view)
    }
    for (method, byLimit) in followers { result.scores[method] = byLimit.mapValues { $0.score } }
    return result
  }

  private mutating func addHeadlines(_ poll: Life.Poll, _ life: Life, _ views: [(Method, BarView)])
  {
    let windows = poll.running.map { life.instances[$0] }
    guard windows.count > 1, !windows.contains(where: { $0.fullAt.map { $0 <= poll.at } ?? false }),
      let first = windows.filter({ $0.fullAt != nil }).min(by: { $0.fullAt ?? 0 < $1.fullAt ?? 0 })
    else { return }
    for (method, view) in views {
      headlines[method, default: HeadlineScore()].all += 1
      if view.headline == first.limit { headlines[method, default: HeadlineScore()].right += 1 }
    }
  }

  private mutating func addWorst(
    _ persona: Persona, _ poll: Life.Poll, _ life: Life, _ view: BarView
  ) {
    for index in poll.running {
      let window = life.instances[index]
      guard let shown = view.runsOut[window.limit] else { continue }
      let truth = window.fullAt ?? window.reset
      guard truth > poll.at else { continue }
      let error = Double(abs(shown - truth)) / Double(window.reset - window.start)
      worst.append(
        WorstCase(
          persona: persona.name, limit: window.limit, instance: index, at: poll.at,
          utcOffset: poll.utcOffset,
          percent: view.percent[window.limit] ?? 0, shown: shown, window: window, error: error))
    }
    if worst.count > 4000 { worst = WorstCase.tenWorst(worst) }
  }
}

struct BarView {
  var headline: String?
  var runsOut: [String: Int64]
  var percent: [String: Double] = [:]
}

/// The bar itself: UsageCore's history and forecast, and BarOutput's choice of the headline.
struct SimulatedBar {
  let life: Life
  private var samples: [Sample] = []
  private var last: Snapshot.UsageData?
  private var presentation = Presentation(clock: Clock { _, _ in "" })

  init(life: Life) {
    self.life = life
    presentation.hasTooltip = false
  }

  var limits: [String] {
    life.instances.first?.limit == "standard" ? ["standard"] : Laboratory.limits
  }

  mutating func view(_ poll: Life.Poll) -> BarView {
    let now = Moment(seconds: poll.at)
    var data = Snapshot.UsageData(takenAt: now, usage: poll.usage)
    samples.append(Sample(data, utcOffset: poll.utcOffset))
    // As the file does when it is full.
    if samples.count > 1500 { samples = HistoryFile.thinned(samples, now: now) }
    data.trends = Trends.of(data, samples: samples, earlier: last) { [life] in
      life.utcOffset($0.seconds)
    }
    last = data
    let readout = Readout(
      Reading(data: data, problem: nil, isStale: false, now: now), presentation)
    var view = BarView(headline: readout.facts.headline?.id, runsOut: [:])
    for limit in readout.facts.limits {
      view.percent[limit.id] = limit.usedPercent
      if let end = limit.runsOut(at: now) { view.runsOut[limit.id] = end.at.seconds }
    }
    return view
  }
}

enum Baseline {
  /// Used ÷ elapsed, carried forward.
  static func averageLine(_ poll: Life.Poll) -> BarView {
    let now = Moment(seconds: poll.at)
    var view = BarView(headline: nil, runsOut: [:])
    var first: Double?
    for limit in Limit.all(of: Snapshot.UsageData(takenAt: now, usage: poll.usage), at: now) {
      guard let used = limit.usedPercent, used > 0, used < 100, let reset = limit.resetsAt,
        let share = limit.elapsedShare(at: now), share > 0.03, let start = limit.startedAt
      else { continue }
      let length = Double(reset.seconds(since: start))
      let full = Double(poll.at) + (100 - used) * share * length / used
      if full < Double(reset.seconds) { view.runsOut[limit.id] = Int64(full) }
      if full < Double(reset.seconds), full < first ?? .infinity {
        first = full
        view.headline = limit.id
      }
    }
    view.headline = view.headline ?? highest(poll).headline
    return view
  }

  static func highest(_ poll: Life.Poll) -> BarView {
    let now = Moment(seconds: poll.at)
    let limits = Limit.all(of: Snapshot.UsageData(takenAt: now, usage: poll.usage), at: now)
    return BarView(
      headline: limits.max { ($0.usedPercent ?? -1) < ($1.usedPercent ?? -1) }?.id, runsOut: [:])
  }
}

struct WorstCase {
  let persona: String
  let limit: String
  let instance: Int
  let at: Int64
  let utcOffset: Int64
  let percent: Double
  let shown: Int64
  let window: Life.Instance
  let error: Double

  /// At most one for each window.
  static func tenWorst(_ cases: [WorstCase], count: Int = 10) -> [WorstCase] {
    var kept: [WorstCase] = []
    for one in cases.sorted(by: { $0.error > $1.error }) {
      if kept.contains(where: { $0.persona == one.persona && $0.instance == one.instance }) {
        continue
      }
      kept.append(one)
      if kept.count == count { break }
    }
    return kept
  }

  var line: String {
    let truth =
      window.fullAt.map { "ran out \(local($0))" }
      ?? "reset \(local(window.reset)) at \(Int(window.highest)) %"
    return
      "\(persona), \(local(at)), \(limit) at \(Int(percent)) %: \"runs out \(local(shown))\"; \(truth)"
  }

  private func local(_ at: Int64) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = .gmt
    formatter.dateFormat = "EEE d MMM HH:mm"
    return formatter.string(from: Date(timeIntervalSince1970: Double(at + utcOffset)))
  }
}
