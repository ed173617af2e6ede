/// One HTTP request. Its headers and body may hold secrets: never describe it.
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

  public init(
    method: Method, url: String, headers: [(name: String, value: String)], body: [UInt8]? = nil,
    timeoutMilliseconds: Int = HTTPRequest.usualTimeoutMilliseconds
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
  }

  public static let usualTimeoutMilliseconds = 15_000
  public static let connectTimeoutMilliseconds = 5_000
  public static let bodyLimit = 1 << 20
}

public struct HTTPAnswer: Equatable, Sendable {
  public var status: Int
  public var body: [UInt8]
  public var retryAfter: String?
  public var date: String?
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

/// Why a request got no answer. The reason is the library's or our own; it holds nothing of the request.
public struct TransportProblem: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case libraryMissing, timeout, unreachable, untrusted, tooLarge, other
  }

  public var kind: Kind
  public var reason: String
  /// False only when it is sure that nothing of the request left this machine.
  public var wasSent: Bool

  public init(kind: Kind, reason: String, wasSent: Bool) {
    self.kind = kind
    self.reason = reason
    self.wasSent = wasSent
  }
}

/// The one seam between us and the network.
public protocol Transport: AnyObject {
  func perform(_ request: HTTPRequest) throws(TransportProblem) -> HTTPAnswer
}
