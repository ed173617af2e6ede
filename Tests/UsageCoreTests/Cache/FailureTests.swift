import Testing

@testable import UsageCore

@Suite("A recorded failure")
struct FailureTests {
  private let now = Moment(seconds: 1_800_000_000)

  @Test(
    "A pause that was recorded while the clock was ahead keeps its length after the clock is corrected"
  )
  func clockAhead() {
    let ahead = now.adding(seconds: 3 * 86_400)
    let failure = Snapshot.Failure(
      problem: .rateLimited(until: ahead.adding(seconds: 240)), at: ahead, count: 2,
      retryAt: ahead.adding(seconds: 240), hasRetryAfter: true)
    let corrected = failure.corrected(now: now)
    #expect(corrected.at == now)
    #expect(corrected.retryAt == now.adding(seconds: 240))
    #expect(corrected.problem == .rateLimited(until: now.adding(seconds: 240)))
    #expect(corrected.count == 2 && corrected.hasRetryAfter)
  }

  @Test("A failure of the past is unchanged")
  func past() {
    let failure = Snapshot.Failure(
      problem: .offline(reason: "x"), at: now.adding(seconds: -5), count: 1,
      retryAt: now.adding(seconds: 55))
    #expect(failure.corrected(now: now) == failure)
  }
}
