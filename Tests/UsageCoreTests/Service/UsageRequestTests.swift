import Testing

@testable import UsageCore

@Suite("Which endpoint has the usage")
struct UsageRequestTests {
  private static let now = Moment(seconds: 1_800_000_000)
  private static let limits = HTTPResponse(
    status: 200,
    body: Array(
      #"{"usesTokenRateLimitsBilling":true,"limits":{"standard":{"weekly":{"usedPercent":2}}}}"#
        .utf8))
  private static let tokens = HTTPResponse(
    status: 200,
    body: Array(#"{"usage":{"standard":{"userTokens":5,"totalAllowance":20}}}"#.utf8))

  private struct Result {
    /// `limits`, `tokens`, or the problem.
    let outcome: String
    /// The last part of each requested path.
    let requests: [String]
    let metadata: AccountMetadata
  }

  private func read(
    _ answers: [HTTPResponse], _ change: (inout AccountMetadata) -> Void = { _ in }
  ) throws -> Result {
    var metadata = AccountMetadata(account: "a")
    change(&metadata)
    let transport = ScriptedTransport(answers)
    let service = FactoryService(
      transport: transport, bases: try ServiceBases(environment: Environment([:])),
      bearer: Bearer(token: "t", userID: nil, organizationID: nil, region: .global),
      clock: { Self.now })
    var request = UsageRequest(service: service, now: Self.now, metadata: metadata)
    let outcome: String
    do throws(ServiceError) {
      switch try request.read() {
      case .rateLimits: outcome = "limits"
      case .tokens: outcome = "tokens"
      }
    } catch {
      outcome = "\(error.problem(now: Self.now).kind.rawValue)"
    }
    let paths = transport.requests.map { request in
      (request.body == nil ? "GET " : "POST ")
        + (request.url.split(separator: "/").last?.prefix { $0 != "?" } ?? "")
    }
    return Result(outcome: outcome, requests: paths, metadata: request.metadata)
  }

  private func status(_ status: Int, retryAfter: String? = nil) -> HTTPResponse {
    HTTPResponse(status: status, body: [], retryAfter: retryAfter)
  }

  /// An account that was on an allowance plan two days ago.
  private static func wasOnAllowance(_ metadata: inout AccountMetadata) {
    metadata.onAllowanceSince = now.adding(seconds: -2 * 86_400)
  }

  @Test("The limits are requested first, and the tokens only when they do not apply")
  func order() throws {
    #expect(try read([Self.limits]).requests == ["GET limits"])
    for gate in [status(404), status(405), status(403)] {
      let read = try read([gate, Self.tokens])
      #expect(read.outcome == "tokens")
      #expect(read.requests == ["GET limits", "POST usage"])
      #expect(read.metadata.onAllowanceSince == Self.now)
    }
  }

  @Test("A missing permission does not show an old allowance to an account on rate limits")
  func forbidden() throws {
    let read = try read([status(403), Self.tokens]) { $0.isOnRateLimits = true }
    #expect(read.outcome == "forbidden")
    #expect(read.requests == ["GET limits"])
  }

  @Test(
    "A missing endpoint is not remembered for an account on rate limits", arguments: [404, 405])
  func missing(status code: Int) throws {
    let read = try read([status(code), Self.tokens]) { $0.isOnRateLimits = true }
    #expect(read.outcome == "tokens")
    #expect(read.metadata.isOnRateLimits && read.metadata.onAllowanceSince == nil)
  }

  @Test("A failure of the limits says nothing about an account that was on an allowance plan")
  func failing() throws {
    let known = try read([status(500), Self.tokens], Self.wasOnAllowance)
    #expect(known.outcome == "tokens")
    #expect(known.metadata.onAllowanceSince == Self.now.adding(seconds: -2 * 86_400))
    for code in [500, 503] {
      let new = try read([status(code), Self.tokens])
      #expect(new.outcome == "service-error")
      #expect(new.requests == ["GET limits"])
    }
  }

  @Test("After a Retry-After, no other endpoint is requested")
  func retryAfter() throws {
    let read = try read([status(503, retryAfter: "60"), Self.tokens], Self.wasOnAllowance)
    #expect(read.outcome == "service-error")
    #expect(read.requests == ["GET limits"])
  }

  @Test("The limits of an account on an allowance plan are requested again after a day")
  func remembered() throws {
    let today = try read([Self.tokens]) { $0.onAllowanceSince = Self.now.adding(seconds: -86_399) }
    #expect(today.requests == ["POST usage"])
    let later = try read([Self.limits], Self.wasOnAllowance)
    #expect(later.outcome == "limits")
    #expect(later.metadata.isOnRateLimits && later.metadata.onAllowanceSince == nil)
  }

  @Test(
    "A move to rate limits is noticed when the tokens are no longer offered",
    arguments: [404, 403, 200])
  func moved(status code: Int) throws {
    let read = try read([status(code), Self.limits]) { $0.onAllowanceSince = Self.now }
    #expect(read.outcome == "limits")
  }

  @Test("A failure of the tokens is not a move to rate limits", arguments: [429, 500])
  func notMoved(status code: Int) throws {
    let read = try read([status(code), Self.limits]) { $0.onAllowanceSince = Self.now }
    #expect(read.requests == ["POST usage"])
  }

  @Test("The method that the service accepts is remembered, in both directions")
  func method() throws {
    let first = try read([status(405), Self.tokens]) { $0.onAllowanceSince = Self.now }
    #expect(first.requests == ["POST usage", "GET usage"] && first.metadata.readsTokensWithGet)
    let back = try read([status(405), Self.tokens]) {
      $0.onAllowanceSince = Self.now
      $0.readsTokensWithGet = true
    }
    #expect(back.requests == ["GET usage", "POST usage"] && !back.metadata.readsTokensWithGet)
  }
}
