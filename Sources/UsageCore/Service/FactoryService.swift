/// An access token or API key, and the account it belongs to. Never log or describe it.
struct Bearer: Sendable {
  /// Visible ASCII.
  let token: String
  /// The WorkOS user ID, if known.
  var userID: String?
  /// Sent as `X-Factory-Org-Id`; nil when unknown.
  var organizationID: String?
  /// Decides which servers are used.
  let region: ServiceBases.Region

  /// The same token with the account that the service says it belongs to.
  func identified(by whoami: Whoami) -> Bearer {
    Bearer(
      token: token, userID: userID ?? whoami.userID,
      organizationID: organizationID ?? whoami.organizationID, region: whoami.region)
  }
}

/// Sends requests to the Factory API for one bearer.
final class FactoryService {
  private let transport: any Transport
  private let base: String
  let bearer: Bearer
  private let clock: () -> Moment
  private var sendsOrganization: Bool

  init(
    transport: any Transport, bases: ServiceBases, bearer: Bearer, clock: @escaping () -> Moment
  ) {
    self.transport = transport
    base = bases.api(bearer.region)
    self.bearer = bearer
    self.clock = clock
    sendsOrganization = bearer.organizationID != nil
  }

  func get(
    _ path: String, query: [(String, String)] = [], headers: [(name: String, value: String)] = [],
    timeoutMilliseconds: Int = HTTPRequest.defaultTimeoutMilliseconds
  ) throws(ServiceError) -> JSONValue {
    let query = query.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    let url = base + path + (query.isEmpty ? "" : "?" + query)
    return try json(
      HTTPRequest(url: url, headers: headers, timeoutMilliseconds: timeoutMilliseconds),
      endpoint: path)
  }

  func post(_ path: String, json body: String) throws(ServiceError) -> JSONValue {
    try json(
      HTTPRequest(
        url: base + path, headers: [("Content-Type", "application/json")],
        body: Array(body.utf8)),
      endpoint: path)
  }

  private func json(_ request: HTTPRequest, endpoint: String) throws(ServiceError) -> JSONValue {
    do {
      return try send(request, endpoint: endpoint)
    } catch .forbidden(.organizationNotAccessible) where sendsOrganization {
      // The account may have left its active organization.
      sendsOrganization = false
      return try send(request, endpoint: endpoint)
    }
  }

  private func send(_ request: HTTPRequest, endpoint: String) throws(ServiceError) -> JSONValue {
    var request = request
    request.headers += [
      ("Authorization", "Bearer \(bearer.token)"), ("Accept", "application/json"),
      ("User-Agent", Product.userAgent),
    ]
    if sendsOrganization, let organization = bearer.organizationID {
      request.headers.append(("X-Factory-Org-Id", organization))
    }
    let response: HTTPResponse
    do {
      response = try transport.perform(request)
    } catch {
      throw .transport(error)
    }
    guard (200..<300).contains(response.status) else {
      throw ServiceError(response, now: clock())
    }
    guard let value = JSONValue(response: response.body) else {
      throw .invalidResponse(endpoint: endpoint)
    }
    return value
  }
}

/// https://www.rfc-editor.org/rfc/rfc3986#section-2.1
enum PercentEncoding {
  static func encode(_ text: String) -> String {
    text.utf8.reduce(into: "") { encoded, byte in
      if byte.isASCIIAlphanumeric || "-._~".utf8.contains(byte) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += byte < 16 ? "%0" : "%"
        encoded += String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
