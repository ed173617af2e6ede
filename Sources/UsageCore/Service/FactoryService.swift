/// Requests to the Factory API on behalf of one bearer.
public final class FactoryService {
  private let transport: any Transport
  private let base: String
  private let bearer: Bearer
  private let clock: () -> Moment
  private var sendsOrganization: Bool
  /// The service's clock and the time its last answer took.
  public private(set) var lastAnswer: (date: Moment?, seconds: Double)?

  public init(
    transport: any Transport, bases: ServiceBases, bearer: Bearer, clock: @escaping () -> Moment
  ) {
    self.transport = transport
    base = bases.api(bearer.region)
    self.bearer = bearer
    self.clock = clock
    sendsOrganization = bearer.organizationID != nil
  }

  var userID: String? { bearer.userID }

  func get(
    _ path: String, query: [(String, String)] = [],
    timeoutMilliseconds: Int = HTTPRequest.usualTimeoutMilliseconds
  ) throws(ServiceProblem) -> JSONValue {
    let query = query.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    let url = base + path + (query.isEmpty ? "" : "?" + query)
    return try json(
      HTTPRequest(method: .get, url: url, headers: [], timeoutMilliseconds: timeoutMilliseconds),
      endpoint: path)
  }

  func post(_ path: String, json body: String) throws(ServiceProblem) -> JSONValue {
    try json(
      HTTPRequest(
        method: .post, url: base + path, headers: [("Content-Type", "application/json")],
        body: Array(body.utf8)),
      endpoint: path)
  }

  private func json(_ request: HTTPRequest, endpoint: String) throws(ServiceProblem) -> JSONValue {
    do {
      return try send(request, endpoint: endpoint)
    } catch .forbidden(.organizationNotAccessible) where sendsOrganization {
      // The login's active organization may be gone while the account is fine.
      sendsOrganization = false
      return try send(request, endpoint: endpoint)
    }
  }

  private func send(_ request: HTTPRequest, endpoint: String) throws(ServiceProblem) -> JSONValue {
    var request = request
    request.headers += [
      ("Authorization", "Bearer \(bearer.token)"), ("Accept", "application/json"),
      ("User-Agent", Product.userAgent),
    ]
    if sendsOrganization, let organization = bearer.organizationID {
      request.headers.append(("X-Factory-Org-Id", organization))
    }
    let answer: HTTPAnswer
    do {
      answer = try transport.perform(request)
    } catch {
      throw .transport(error)
    }
    lastAnswer = (answer.date.flatMap(Timestamp.http), answer.seconds)
    guard (200..<300).contains(answer.status) else { throw ServiceProblem(answer, now: clock()) }
    guard let value = JSONValue(answer: answer.body) else { throw .nonsense(endpoint: endpoint) }
    return value
  }
}

/// https://www.rfc-editor.org/rfc/rfc3986#section-2.1
enum PercentEncoding {
  static func encode(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        encoded += byte < 16 ? "%0" : "%"
        encoded += String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}
