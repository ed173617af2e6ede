import Testing

@testable import UsageCore
@testable import droidbar

@Suite("When a refresh signals bars")
struct RefreshCommandTests {
  private func snapshot(at seconds: Int64, used: Double, problem: Problem? = nil) -> Snapshot {
    let now = Moment(seconds: seconds)
    let window = Window(kind: .fiveHour, usedPercent: used, resetsAt: Moment(seconds: 5000))
    let pool = RatePool(name: "Standard Usage", windows: [window])
    var data = Snapshot.UsageData(
      takenAt: now,
      usage: .rateLimits(
        pools: [pool], extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)))
    data.utcOffset = UTCOffset(zone: 1, around: now) { _ in 0 }
    let failure = problem.map {
      Snapshot.Failure(problem: $0, at: now, count: Int(seconds), retryAt: now)
    }
    return Snapshot(account: "a", loginStamp: "s", data: data, failure: failure)
  }

  @Test("Not for other times alone")
  func times() {
    let first = snapshot(at: 100, used: 50)
    #expect(!RefreshCommand.isDifferent(snapshot(at: 220, used: 50), from: first))
    let failed = snapshot(at: 100, used: 50, problem: .offline(reason: "no route"))
    let again = snapshot(at: 220, used: 50, problem: .offline(reason: "no route"))
    #expect(!RefreshCommand.isDifferent(again, from: failed))
  }

  @Test("For another percentage, a new problem, and the first data")
  func changes() {
    let first = snapshot(at: 100, used: 50)
    #expect(RefreshCommand.isDifferent(snapshot(at: 220, used: 51), from: first))
    let failed = snapshot(at: 100, used: 50, problem: .offline(reason: "no route"))
    #expect(RefreshCommand.isDifferent(failed, from: first))
    #expect(RefreshCommand.isDifferent(first, from: nil))
    #expect(!RefreshCommand.isDifferent(nil, from: nil))
  }
}
