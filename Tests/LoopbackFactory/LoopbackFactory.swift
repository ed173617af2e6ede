import Foundation
import Synchronization

/// Factory and WorkOS on loopback: single-use refresh tokens, scripted responses, a request log.
public final class LoopbackFactory: Sendable {
  public static let limitsPath = "/api/billing/limits"
  public static let tokensPath = "/api/organization/subscription/usage"
  public static let profilePath = "/api/app/auth/me"
  public static let computePath = "/api/organization/compute-usage"
  public static let exchangePath = "/user_management/authenticate"

  /// How long the response to a spent token is repeated.
  private static let repeatSeconds = 30.0

  /// What may be changed while the service runs.
  public struct Script: Sendable {
    /// Responses by path; any other path gets a 404.
    public var replies: [String: LoopbackReply] = [:]
    /// Responses that are used once each, before those above.
    public var onceOnly: [String: [LoopbackReply]] = [:]
    /// POST to the token usage endpoint gets a 405.
    public var refusesPost = false
    /// Only access tokens of `issue` and of exchanges are accepted.
    public var checksTokens = true
    public var lifeSeconds = 7 * 86_400
    /// How long an exchange takes, before the token is spent and after.
    public var delayBeforeSpending = 0
    public var delayAfterSpending = 0
    public var user = "user_1"
    /// The faults of the next exchanges, one each.
    public var exchangeFaults: [ExchangeFault] = []
    /// Called when a token was spent, before the response is sent.
    public var onExchange: (@Sendable () -> Void)?
    /// Called before `replies`, for responses that depend on the request.
    public var lookUp: (@Sendable (_ path: String) -> LoopbackReply?)?
  }

  public enum ExchangeFault: Sendable {
    /// The token is spent, and the connection closed without a response.
    case loseResponse
    /// The token is spent, and the connection reset.
    case reset
    /// Another response, without looking at the token.
    case reply(LoopbackReply)
    case none
  }

  struct Sessions {
    var script = Script()
    var requests: [LoopbackRequest] = []
    var serial = 0
    var accepted: Set<String> = []
    var live: Set<String> = []
    var spent: [String: (at: Date, response: LoopbackReply)] = [:]
    var exchanges = 0
    var repeats = 0
    var reuses = 0
  }

  private let sessions: Mutex<Sessions>
  private let servers = Mutex<LoopbackServer?>(nil)

  public init?() {
    sessions = Mutex(Sessions())
    guard
      let server = LoopbackServer(
        handler: { [weak self] in self?.reply(to: $0) ?? LoopbackReply(status: 503) })
    else { return nil }
    servers.withLock { $0 = server }
  }

  deinit {
    stop()
  }

  public func stop() {
    servers.withLock { $0?.stop() }
  }

  public var base: String { servers.withLock { $0?.base ?? "" } }

  public func change(_ body: (inout Script) -> Void) {
    sessions.withLock { body(&$0.script) }
  }

  /// Sets the response for `path`.
  public func response(
    _ path: String, _ body: String, status: Int = 200, headers: [String: String] = [:]
  ) {
    change { $0.replies[path] = LoopbackReply(status: status, body: body, headers: headers) }
  }

  /// The token pair of a new login.
  public func issue(issuedAt: Int? = nil, expiresAt: Int) -> (access: String, refresh: String) {
    sessions.withLock { Self.issue(&$0, issuedAt: issuedAt, expiresAt: expiresAt) }
  }

  /// Rotates as droid would: the token is spent, the new pair comes back.
  public func rotate(_ refresh: String) -> (access: String, refresh: String) {
    sessions.withLock { sessions in
      sessions.live.remove(refresh)
      sessions.spent[refresh] = (.distantPast, LoopbackReply(status: 400))
      let now = Int(Date().timeIntervalSince1970)
      return Self.issue(&sessions, issuedAt: now, expiresAt: now + sessions.script.lifeSeconds)
    }
  }

  /// Exchanges a token as droid would. Nil when the token is refused.
  public func exchange(_ refresh: String) -> (access: String, refresh: String)? {
    let body =
      "grant_type=refresh_token&client_id=client_01HNM792M5G5G1A2THWPXKFMXB&refresh_token=\(refresh)"
    let request = LoopbackRequest(
      method: "POST", path: Self.exchangePath, query: "", headers: [:], body: body)
    let reply = sessions.withLock { Self.exchange(request, &$0) }
    guard reply.status == 200,
      let object = try? JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any],
      let access = object["access_token"] as? String,
      let refresh = object["refresh_token"] as? String
    else { return nil }
    return (access, refresh)
  }

  public func revoke(access: String) {
    sessions.withLock { _ = $0.accepted.remove(access) }
  }

  public func isLive(refresh: String) -> Bool {
    sessions.withLock { $0.live.contains(refresh) }
  }

  public func isAccepted(access: String) -> Bool {
    sessions.withLock { $0.accepted.contains(access) }
  }

  public var requests: [LoopbackRequest] { sessions.withLock { $0.requests } }

  public func count(_ path: String) -> Int {
    requests.filter { $0.path == path }.count
  }

  /// Spent refresh tokens, repeated responses to the same one, and uses of expired ones.
  public var exchanges: (spent: Int, repeated: Int, reused: Int) {
    sessions.withLock { ($0.exchanges, $0.repeats, $0.reuses) }
  }

  private static func issue(
    _ sessions: inout Sessions, issuedAt: Int?, expiresAt: Int
  ) -> (access: String, refresh: String) {
    sessions.serial += 1
    let access = TestToken.make(
      user: sessions.script.user, issuedAt: issuedAt, expiresAt: expiresAt, serial: sessions.serial)
    let refresh = "refresh_\(sessions.serial)_\(UUID().uuidString.lowercased())"
    sessions.accepted.insert(access)
    sessions.live.insert(refresh)
    return (access, refresh)
  }

  private func reply(to request: LoopbackRequest) -> LoopbackReply {
    let scripted = sessions.withLock { sessions -> LoopbackReply? in
      sessions.requests.append(request)
      guard var once = sessions.script.onceOnly[request.path], !once.isEmpty else { return nil }
      let first = once.removeFirst()
      sessions.script.onceOnly[request.path] = once
      return first
    }
    if let scripted { return scripted }
    return request.path == Self.exchangePath ? exchange(request) : usage(request)
  }

  private func usage(_ request: LoopbackRequest) -> LoopbackReply {
    sessions.withLock { sessions in
      let token =
        request.headers["authorization"]?.replacingOccurrences(of: "Bearer ", with: "") ?? ""
      if sessions.script.checksTokens && !sessions.accepted.contains(token) {
        return LoopbackReply(status: 401, body: #"{"error":"unauthorized"}"#)
      }
      if sessions.script.refusesPost && request.path == Self.tokensPath && request.method == "POST"
      {
        return LoopbackReply(status: 405)
      }
      return sessions.script.lookUp?(request.path) ?? sessions.script.replies[request.path]
        ?? LoopbackReply(status: 404)
    }
  }

  private func exchange(_ request: LoopbackRequest) -> LoopbackReply {
    let (before, after) = sessions.withLock {
      ($0.script.delayBeforeSpending, $0.script.delayAfterSpending)
    }
    if before > 0 { usleep(UInt32(before) * 1000) }
    if let scripted = sessions.withLock({ $0.script.replies[Self.exchangePath] }) {
      return scripted
    }
    let fault = sessions.withLock { sessions in
      sessions.script.exchangeFaults.isEmpty
        ? ExchangeFault.none : sessions.script.exchangeFaults.removeFirst()
    }
    if case .reply(let reply) = fault { return reply }
    var reply = sessions.withLock { Self.exchange(request, &$0) }
    switch fault {
    case .loseResponse: reply.hangsUp = true
    case .reset: reply.resets = true
    case .reply, .none: break
    }
    sessions.withLock { $0.script.onExchange }?()
    if after > 0 { usleep(UInt32(after) * 1000) }
    return reply
  }

  private static func exchange(_ request: LoopbackRequest, _ sessions: inout Sessions)
    -> LoopbackReply
  {
    let refused = LoopbackReply(
      status: 400,
      body: #"{"error":"invalid_grant","error_description":"Session has already ended."}"#)
    let fields = request.body.components(separatedBy: "&")
    guard fields.contains("grant_type=refresh_token"),
      fields.contains("client_id=client_01HNM792M5G5G1A2THWPXKFMXB"),
      let token = fields.first(where: { $0.hasPrefix("refresh_token=") })?.dropFirst(
        "refresh_token=".count
      )
      .description.removingPercentEncoding
    else { return LoopbackReply(status: 400, body: #"{"error":"invalid_request"}"#) }
    if let spent = sessions.spent[token] {
      if Date().timeIntervalSince(spent.at) < Self.repeatSeconds {
        sessions.repeats += 1
        return spent.response
      }
      sessions.reuses += 1
      return refused
    }
    guard sessions.live.remove(token) != nil else { return refused }
    sessions.exchanges += 1
    let now = Int(Date().timeIntervalSince1970)
    let pair = issue(&sessions, issuedAt: now, expiresAt: now + sessions.script.lifeSeconds)
    let response = LoopbackReply(
      body:
        #"{"access_token":"\#(pair.access)","refresh_token":"\#(pair.refresh)","user":{"id":"user_1"}}"#
    )
    sessions.spent[token] = (Date(), response)
    return response
  }
}
