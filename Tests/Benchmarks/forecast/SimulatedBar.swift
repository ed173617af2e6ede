import BarOutput
import UsageCore

/// What a bar says at a poll.
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
  private var presentation = Presentation(clock: { _, _, _ in "" })

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
    // As the file does when it is full, which is about once a day.
    if samples.count.isMultiple(of: 100) { samples = HistoryFile.thinned(samples, now: now) }
    data.trends = Trends.of(data, samples: samples, earlier: last) { [life] in
      life.utcOffset($0.seconds)
    }
    last = data
    let readout = Readout(
      Reading(data: data, problem: nil, now: now), presentation)
    var view = BarView(headline: readout.facts.headline?.id, runsOut: [:])
    for limit in readout.facts.limits {
      view.percent[limit.id] = limit.usedPercent
      if let end = limit.runsOut(at: now) { view.runsOut[limit.id] = end.at.seconds }
    }
    return view
  }
}

/// Simpler ways to say it.
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
