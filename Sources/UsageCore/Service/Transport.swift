/// An HTTP request. Headers and body may contain secrets: never log or describe it.
public struct HTTPRequest: Sendable {
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  public var method: Method
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]?
  public var timeoutMilliseconds: Int
  /// Neither reuses a connection nor leaves one open.
  public var usesOwnConnection = false

  public init(
    method: Method, url: String, headers: [(name: String, value: String)], body: [UInt8]? = nil,
    timeoutMilliseconds: Int = HTTPRequest.defaultTimeoutMilliseconds
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
  }

  public static let defaultTimeoutMilliseconds = 15_000
  public static let connectTimeoutMilliseconds = 5_000
  /// The largest accepted response body, in bytes.
  public static let bodyLimit = 1 << 20
}

public struct HTTPResponse: Equatable, Sendable {
  public var status: Int
  public var body: [UInt8]
  /// The `Retry-After` header.
  public var retryAfter: String?
  /// The `Date` header.
  public var date: String?
  /// How long the request took.
  public var seconds: Double

  public init(
    status: Int, body: [UInt8], retryAfter: String? = nil, date: String? = nil, seconds: Double = 0
  ) {
    self.status = status
    self.body = body
    self.retryAfter = retryAfter
    self.date = date
    self.seconds = seconds
  }
}

/// Why a request got no response. The reason is libcurl's or ours and contains nothing of the request.
public struct TransportProblem: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case libraryMissing, timeout, unreachable, untrusted, tooLarge, other
  }

  public var kind: Kind
  public var reason: String
  /// False only when certainly no byte of the request was sent.
  public var wasSent: Bool

  public init(kind: Kind, reason: String, wasSent: Bool) {
    self.kind = kind
    self.reason = reason
    self.wasSent = wasSent
  }
}

/// Sends requests. Tests replace it.
public protocol Transport: AnyObject {
  func perform(_ request: HTTPRequest) throws(TransportProblem) -> HTTPResponse
}
