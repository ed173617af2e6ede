import Testing

@testable import UsageCore

/// Returns scripted responses and records the requests.
final class ScriptedTransport: Transport {
  var answers: [HTTPResponse]
  private(set) var requests: [HTTPRequest] = []

  init(_ answers: [HTTPResponse]) {
    self.answers = answers
  }

  func perform(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
    requests.append(request)
    guard !answers.isEmpty else {
      throw TransportError(kind: .unreachable, reason: "nothing is scripted", wasSent: false)
    }
    return answers.removeFirst()
  }
}

@Suite("Service requests")
struct FactoryServiceTests {
  private func service(
    _ transport: ScriptedTransport, region: ServiceBases.Region = .global,
    organization: String? = nil
  ) throws -> FactoryService {
    FactoryService(
      transport: transport, bases: try ServiceBases(environment: Environment([:])),
      bearer: Bearer(token: "t", userID: "user 1", organizationID: organization, region: region),
      clock: { Moment(seconds: 1_000) })
  }

  private func header(_ name: String, _ request: HTTPRequest) -> String? {
    request.headers.first { $0.name == name }?.value
  }

  @Test("A European login sends requests only to the European service")
  func region() throws {
    let transport = ScriptedTransport([HTTPResponse(status: 200, body: Array("{}".utf8))])
    _ = try service(transport, region: .eu).get(LimitsResponse.path)
    #expect(transport.requests[0].url == "https://api.eu.factory.ai/api/billing/limits")
    #expect(header("Authorization", transport.requests[0]) == "Bearer t")
    #expect(header("X-Factory-Org-Id", transport.requests[0]) == nil)
  }

  @Test("Requests name the organization, and are retried once without it if it is not accessible")
  func organization() throws {
    let refusal = HTTPResponse(
      status: 403, body: Array(#"{"e":"active organization is not accessible"}"#.utf8))
    let transport = ScriptedTransport([
      refusal, HTTPResponse(status: 200, body: Array("{}".utf8)), refusal,
    ])
    let service = try service(transport, organization: "org_1")
    _ = try service.get("/x")
    #expect(transport.requests.map { header("X-Factory-Org-Id", $0) } == ["org_1", nil])
    #expect(throws: ServiceError.forbidden(.organizationNotAccessible)) { try service.get("/x") }
    #expect(transport.requests.count == 3)
  }

  @Test("A query is percent-encoded")
  func query() throws {
    let transport = ScriptedTransport([HTTPResponse(status: 200, body: Array("{}".utf8))])
    _ = try service(transport).get("/x", query: [("userId", "a b&c")])
    #expect(transport.requests[0].url.hasSuffix("/x?userId=a%20b%26c"))
  }

  @Test(
    "Each HTTP status maps to a problem",
    arguments: [
      (401, ServiceError.unauthorized), (403, .forbidden(.other)),
      (404, .notOffered(status: 404)),
      (405, .notOffered(status: 405)), (429, .rateLimited(until: nil)),
      (500, .serverError(status: 500, retryAfter: nil)),
      (302, .unexpected(status: 302)), (418, .unexpected(status: 418)),
    ])
  func statuses(status: Int, problem: ServiceError) throws {
    let transport = ScriptedTransport([HTTPResponse(status: status, body: [])])
    let service = try service(transport)
    #expect(throws: problem) { try service.get("/x") }
  }
}

@Suite("Refresh token exchange")
struct WorkOSTests {
  private func exchange(_ answers: [HTTPResponse]) throws -> (TokenPair, HTTPRequest) {
    let transport = ScriptedTransport(answers)
    let workOS = WorkOS(
      transport: transport, base: "https://w/user_management", clock: { Moment(seconds: 1_000) })
    return (try workOS.exchange(refreshToken: "a+b/c"), transport.requests[0])
  }

  @Test("The request is a percent-encoded form sent to a single URL")
  func form() throws {
    let (pair, request) = try exchange([
      HTTPResponse(
        status: 200, body: Array(#"{"access_token":"x.y.z","refresh_token":"new"}"#.utf8))
    ])
    #expect(pair == TokenPair(accessToken: "x.y.z", refreshToken: "new"))
    #expect(request.url == "https://w/user_management/authenticate")
    #expect(
      String(decoding: request.body ?? [], as: UTF8.self)
        == "grant_type=refresh_token&refresh_token=a%2Bb%2Fc&client_id=client_01HNM792M5G5G1A2THWPXKFMXB"
    )
  }

  @Test("Statuses that mean a rejected refresh token", arguments: [400, 401, 403, 422])
  func final(status: Int) {
    #expect(throws: WorkOS.Failure.refused) {
      try exchange([HTTPResponse(status: status, body: [])])
    }
  }

  @Test("A response from a wrong URL does not invalidate the token", arguments: [404, 405])
  func wrongAddress(status: Int) {
    #expect(throws: WorkOS.Failure.rejected(.notOffered(status: status))) {
      try exchange([HTTPResponse(status: status, body: [])])
    }
  }

  @Test(
    "Failures that leave the state of the token unknown", arguments: [408, 500, 502, 503, 302])
  func uncertain(status: Int) {
    #expect(
      performing: { _ = try exchange([HTTPResponse(status: status, body: [])]) },
      throws: { error in if case WorkOS.Failure.uncertain = error { true } else { false } })
  }

  @Test(
    "An invalid 200 response counts as an unknown outcome, not as a login",
    arguments: ["", "{}", #"{"access_token":""}"#, "[]"])
  func invalidResponse(body: String) {
    #expect(throws: WorkOS.Failure.uncertain(.invalidResponse(endpoint: WorkOS.path))) {
      try exchange([HTTPResponse(status: 200, body: Array(body.utf8))])
    }
  }

  @Test("A response without a new refresh token leaves the old one valid")
  func notRotated() throws {
    let (pair, _) = try exchange([
      HTTPResponse(status: 200, body: Array(#"{"access_token":"x.y.z"}"#.utf8))
    ])
    #expect(pair.refreshToken == "a+b/c")
  }
}
