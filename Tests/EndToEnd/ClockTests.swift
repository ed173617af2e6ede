import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

@Suite("Clock changes")
struct ClockTests {
  private func refresh(_ sandbox: Sandbox, shifted seconds: Int64, forced: Bool = true) throws
    -> UsageRefresh.Outcome
  {
    let environment = Environment(sandbox.environment)
    let refresh = UsageRefresh(
      places: try sandbox.places, environment: environment,
      bases: try ServiceBases(environment: environment),
      transport: CurlTransport(environment: environment),
      clock: { Moment.now().adding(seconds: seconds) })
    return try refresh.run(.init(ttlSeconds: 120, isForced: forced))
  }

  private func isFetched(_ outcome: UsageRefresh.Outcome) -> Bool {
    if case .fetched = outcome { true } else { false }
  }

  @Test("With the clock a month ahead, the token is refreshed once, not at every poll")
  func ahead() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    for _ in 0..<5 { #expect(isFetched(try refresh(sandbox, shifted: 30 * 86_400))) }
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test("With the clock set back, no login is refreshed and data from the future is replaced")
  func back() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try refresh(sandbox, shifted: 30 * 86_400)
    let asked = service.count(LoopbackFactory.limitsPath)
    #expect(isFetched(try refresh(sandbox, shifted: 0, forced: false)))
    #expect(isFetched(try refresh(sandbox, shifted: -30 * 86_400, forced: false)))
    #expect(service.count(LoopbackFactory.limitsPath) == asked + 2)
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test("A Retry-After keeps its length when the clock is set back")
  func silence() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 429, headers: ["Retry-After": "300"])
    _ = try refresh(sandbox, shifted: 86_400)
    guard case .mustWait(_, let until) = try refresh(sandbox, shifted: 0) else {
      Issue.record("the pause was not kept")
      return
    }
    #expect((295...305).contains(until.seconds(since: .now())))
    #expect(service.count(LoopbackFactory.limitsPath) == 1)
  }
}
