import BarOutput
import Foundation
import UsageCore

/// Scores the forecasts of UsageCore in hindsight, for simulated persons whose future is known.
///
///     swift run -c release forecast-laboratory [--generated | --held-out | --check] [--worst]
///
/// `--generated` is for choosing constants, `--held-out` never. `--check` simulates a part, and fails when the forecasts
/// have become worse.
@main
struct Laboratory {
  static let limits = ["5h", "week", "month"]

  static func main() async {
    let arguments = Set(CommandLine.arguments.dropFirst())
    let isCheck = arguments.contains("--check")
    let personas =
      arguments.contains("--held-out")
      ? Persona.heldOut : arguments.contains("--generated") ? Persona.generated : Persona.tuning
    let seeds: [UInt64] =
      isCheck ? [7] : arguments.contains("--held-out") ? [1009, 2003] : [1, 2]
    let chosen = isCheck ? Array(Persona.heldOut.prefix(4)) : personas
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
    let report = Report(
      names: chosen.map { $0.name },
      results: chosen.indices.map { index in
        results.filter { $0.0 == index }.map { $0.1 }
      },
      months: Double(Life.days) / 30 * Double(seeds.count))
    report.show(worst: arguments.contains("--worst"))
    print(String(format: "%.0f s", Date().timeIntervalSince(start)))
    if isCheck { exit(report.check() ? 0 : 1) }
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
  var late: [LateStop] = []
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
    result.late = (followers[.droidbar]?["week"]?.late ?? []).map { LateStop($0, persona, life) }
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
