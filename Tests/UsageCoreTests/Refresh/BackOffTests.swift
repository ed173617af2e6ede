import Testing

@testable import UsageCore

@Suite("Pauses after failed refreshes")
struct BackOffTests {
  private static let now = Moment(seconds: 1_800_000_000)

  private func failure(
    _ problem: Problem, retryAfter: Int64? = nil, count earlier: Int = 0
  ) -> Snapshot.Failure {
    BackOff.failure(
      problem, retryAfter: retryAfter.map { Self.now.adding(seconds: $0) },
      after: earlier == 0
        ? nil : .init(problem: .loading, at: Self.now, count: earlier, retryAt: Self.now),
      now: Self.now)
  }

  private func pause(_ failure: Snapshot.Failure) -> Int64 {
    failure.retryAt.seconds(since: Self.now)
  }

  @Test("The pause doubles from 10 seconds up to five minutes")
  func doubles() {
    var count = 0
    let pauses = (0..<8).map { _ -> Int64 in
      let failure = failure(.offline(reason: ""), count: count)
      count = failure.count
      return pause(failure)
    }
    #expect(pauses == [10, 20, 40, 80, 160, 300, 300, 300])
    #expect(count == 8)
    // The count comes from a file.
    #expect(failure(.offline(reason: ""), count: .max).count == 1000)
    #expect(pause(failure(.offline(reason: ""), count: .min + 1)) == 10)
  }

  @Test("A problem without a request is looked at again every 10 seconds")
  func withoutRequest() {
    for problem in [
      Problem.loggedOut(.noLogin), .loginUnreadable(reason: ""), .config(reason: ""),
    ] {
      #expect(pause(failure(problem, count: 9)) == 10)
    }
    for problem in [Problem.forbidden(reason: ""), .serviceError(reason: "")] {
      #expect(pause(failure(problem, count: 9)) == 300)
    }
  }

  @Test("A Retry-After lengthens the pause and never shortens it")
  func retryAfter() {
    let long = failure(.serviceError(reason: ""), retryAfter: 600)
    #expect(pause(long) == 600 && long.hasRetryAfter)
    #expect(pause(failure(.serviceError(reason: ""), retryAfter: 5, count: 9)) == 300)
    #expect(!failure(.serviceError(reason: "")).hasRetryAfter)
  }

  @Test("A rate limit lasts as long as it says")
  func rateLimited() {
    let until = Self.now.adding(seconds: 60)
    #expect(pause(failure(.rateLimited(until: until))) == 60)
    #expect(pause(failure(.rateLimited(until: until), count: 9)) == 60)
  }
}
