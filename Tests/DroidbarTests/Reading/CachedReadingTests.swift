import Testing

@testable import UsageCore
@testable import droidbar

@Suite("Which data is called stale")
struct ReadingRuleTests {
  private static let now = Moment(seconds: 1_800_000_000)
  private static let offline = Problem.offline(reason: "no route")

  /// `fresh`, or `stale` and the problem that is shown.
  private func reading(
    age: Int64?, after result: RefreshResult?, hasWaited: Bool = false, failure: Problem? = nil,
    storage: Problem? = nil
  ) -> String {
    let data = age.map {
      Snapshot.UsageData(
        takenAt: Self.now.adding(seconds: -$0),
        usage: .tokens(pools: [], periodStart: nil, periodEnd: nil))
    }
    let snapshot = Snapshot(
      account: "a", loginStamp: "s", data: data,
      failure: failure.map {
        .init(problem: $0, at: Self.now, count: 1, retryAt: Self.now.adding(seconds: 10))
      })
    let reading = ReadingRule(ttlSeconds: 120, hasWaited: hasWaited, now: Self.now)
      .reading(snapshot, after: result, storageProblem: { storage })
    let state = reading.data == nil ? "none" : reading.isStale ? "stale" : "fresh"
    return state + (reading.problem.map { " \($0.kind.rawValue)" } ?? "")
  }

  @Test("Data within the TTL is fresh, whatever happened since")
  func young() {
    #expect(reading(age: 0, after: nil) == "fresh")
    #expect(reading(age: 119, after: .finished, failure: Self.offline) == "fresh")
  }

  @Test("Data that could not be refreshed is stale from the TTL on, with the problem")
  func failed() {
    #expect(reading(age: 120, after: .finished, failure: Self.offline) == "stale offline")
    #expect(reading(age: 120, after: .notStarted) == "stale config")
    #expect(
      reading(age: 120, after: .finished, storage: .config(reason: "full")) == "stale config")
  }

  @Test("Data from the future is out of date, because the clock was set back")
  func future() {
    #expect(reading(age: -1, after: .finished, failure: Self.offline) == "stale offline")
    #expect(reading(age: -1, after: .stillRunning, hasWaited: true) == "stale loading")
  }

  @Test("A running refresh makes data stale after a minute and twice the TTL, or after a wait")
  func running() {
    #expect(reading(age: 299, after: .stillRunning) == "fresh")
    #expect(reading(age: 300, after: .stillRunning) == "stale loading")
    #expect(reading(age: 120, after: .stillRunning, hasWaited: true) == "stale loading")
    #expect(reading(age: 119, after: .stillRunning, hasWaited: true) == "fresh")
  }

  @Test("Data is not called loading when no refresh is running")
  func notRunning() {
    #expect(reading(age: 600, after: .finished) == "fresh")
    #expect(reading(age: 600, after: nil, hasWaited: true) == "fresh")
  }

  @Test("Without data, the problem is shown, else that it is loading")
  func nothing() {
    #expect(reading(age: nil, after: .finished, failure: Self.offline) == "none offline")
    #expect(reading(age: nil, after: .finished, storage: .config(reason: "full")) == "none config")
    #expect(reading(age: nil, after: .stillRunning) == "none loading")
  }
}
