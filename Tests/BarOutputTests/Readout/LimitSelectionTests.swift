import Testing
import UsageCore

@testable import BarOutput

@Suite("Limit selection")
struct LimitSelectionTests {
  private func auto(_ usage: Usage, ends: [String: Int64] = [:]) -> String? {
    let limits = Fixture.readout(usage, ends: ends).facts.limits
    return LimitSelection.automatic(from: limits, now: Fixture.now)?.id
  }

  @Test("A full limit comes first; of several, the one that resets last")
  func full() {
    #expect(auto(Fixture.standard((100, 60), (99, 86_400))) == "5h")
    #expect(auto(Fixture.standard((100, 60), (100, 86_400))) == "week")
  }

  @Test("Otherwise the limit that is expected to run out first, before its reset")
  func expected() {
    #expect(auto(Fixture.standard((80, 600), (60, 302_400)), ends: ["week": 200_000]) == "week")
    #expect(
      auto(Fixture.standard((81, 3600), (60, 302_400)), ends: ["5h": 3400, "week": 200_000]) == "5h"
    )
  }

  @Test("Otherwise the highest percentage")
  func highest() {
    #expect(auto(Fixture.standard((80, 600), (20, 86_400))) == "5h")
    #expect(auto(Fixture.standard((0, nil), (20, 86_400))) == "week")
  }

  @Test("Of equal percentages, the shortest window is selected")
  func equal() {
    #expect(auto(Fixture.standard((0, nil))) == "5h")
    #expect(auto(Fixture.standard((20, 600), (20, 86_400), (20, 864_000))) == "5h")
  }

  @Test("Droid Core is never selected automatically")
  func core() {
    #expect(auto(Fixture.standard((10, 600), core: 100)) == "5h")
  }

  /// - Parameter chances: the probability that each limit is used up before its reset.
  private func auto(_ usage: Usage, chances: [String: Double?]) -> String? {
    let trends = chances.map { limit, probability in
      Trend(
        limit: limit, forecast: Forecast(percentAtReset: 50, probability: probability, end: nil))
    }
    let data = Snapshot.UsageData(takenAt: Fixture.now, usage: usage, trends: trends)
    let limits = Limit.all(of: data, at: Fixture.now)
    return LimitSelection.automatic(from: limits, now: Fixture.now)?.id
  }

  @Test("With a history, the limit that is most likely the first to be used up")
  func mostLikely() {
    let usage = Fixture.standard((80, 600), (60, 86_400), (40, 864_000))
    #expect(auto(usage, chances: ["5h": 0.1, "week": 0.4, "month": 0.3]) == "week")
    // The month is first only if the week is not: 0.6 * 0.9 against 0.4.
    #expect(auto(usage, chances: ["5h": 0, "week": 0.4, "month": 0.9]) == "month")
    #expect(auto(usage, chances: ["5h": 0, "week": 0.6, "month": 1]) == "week")
    #expect(auto(usage, chances: ["5h": 0.5, "week": 0.6, "month": 0.9]) == "5h")
    // Not comparable with a limit whose history is too short.
    #expect(auto(usage, chances: ["5h": nil, "week": 0.4]) == "5h")
  }
}
