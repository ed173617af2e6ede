import Foundation
import UsageCore

/// A weekly window that was used up with less than half an hour of uninterrupted warning.
struct LateStop {
  enum Cause: String {
    case firstWeeks = "in the first two weeks"
    case unpredictable = "also late with four weeks of the true hours"
    case predictable = "PREDICTABLE"
  }

  let cause: Cause
  let line: String

  init(_ index: Int, _ persona: Persona, _ life: Life) {
    let window = life.instances[index]
    let full = window.fullAt ?? window.reset
    if full - Life.beginning < 14 * 86_400 {
      cause = .firstWeeks
    } else {
      cause = Self.isLateWithTrueHours(index, persona, life) ? .unpredictable : .predictable
    }
    let before = life.polls.last { $0.at < full && $0.running.contains(index) }
    let percent = before.flatMap { Self.percent(of: window.limit, in: $0) } ?? 0
    let at = WorstCase.local(full + life.utcOffset(full))
    let reset = WorstCase.local(window.reset + life.utcOffset(window.reset))
    line =
      "\(persona.name), \(at), \(Int(percent)) % before, reset \(reset): \(cause.rawValue)"
  }

  /// Whether a bar with a history of four weeks in which every hour had its average use misses the stop too.
  private static func isLateWithTrueHours(_ index: Int, _ persona: Persona, _ life: Life) -> Bool {
    var bar = SimulatedBar(life: life)
    for poll in life.usualWeeks(4, of: persona, before: life.instances[index].start) {
      _ = bar.view(poll)
    }
    var follower = Follower()
    let limit = life.instances[index].limit
    for poll in life.polls where poll.running.contains(index) {
      let shown = bar.view(poll).runsOut[limit]
      follower.poll(at: poll.at, index, life.instances, shown: shown)
    }
    return follower.score.unannounced > 0
  }

  private static func percent(of limit: String, in poll: Life.Poll) -> Double? {
    guard case .rateLimits(let pools, _) = poll.usage else { return nil }
    return pools.first?.windows.first { $0.kind.rawValue == limit }?.usedPercent
  }
}

extension Life {
  /// One poll an hour, in which windows of its own have the average use of the hour.
  fileprivate func usualWeeks(_ weeks: Int64, of persona: Persona, before end: Int64) -> [Poll] {
    let hours = Self.usualHours(of: persona)
    let shares = [
      1, persona.fiveHourShareOfWeek, persona.fiveHourShareOfWeek * persona.weekShareOfMonth,
    ]
    return (1...weeks * 7 * 24).reversed().map { ago in
      let at = end - ago * 3600
      let local = at + utcOffset(at) - 1800
      let points = hours[Self.hourOfWeek(local)]
      let windows = zip(Window.Kind.allCases, shares).map { kind, share in
        Window(
          kind: kind, usedPercent: points * share,
          resetsAt: Moment(seconds: at + kind.lengthSeconds))
      }
      let usage = Usage.rateLimits(
        pools: [RatePool(name: RatePool.standardName, windows: windows)],
        extra: ExtraUsage(balanceCents: 0, isAllowed: false, preference: nil))
      return Poll(at: at, usage: usage, utcOffset: utcOffset(at), running: [])
    }
  }
}
