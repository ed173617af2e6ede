/// An HTTP request. Headers and body may contain secrets: never log or describe it.
public struct HTTPRequest: Sendable {
  /// Absolute, with the query.
  public var url: String
  /// Without line breaks or other control characters.
  public var headers: [(name: String, value: String)]
  /// Nil for a GET request; otherwise it is a POST request.
  public var body: [UInt8]?
  /// For the whole request, including the connection.
  public var timeoutMilliseconds = HTTPRequest.defaultTimeoutMilliseconds
  /// Neither reuses a connection nor leaves one open.
  public var usesOwnConnection = false

  /// For requests that a reading depends on.
  public static let defaultTimeoutMilliseconds = 15_000
}

/// A response of any status. Redirects are not followed.
public struct HTTPResponse: Equatable, Sendable {
  /// The HTTP status.
  public var status: Int
  /// At most 1 MiB.
  public var body: [UInt8]
  /// The `Retry-After` header.
  public var retryAfter: String?
  /// The `Date` header.
  public var date: String?
  /// How long the request took.
  public var seconds = 0.0
}

/// Why a request got no response. The reason is libcurl's or ours and contains nothing of the request.
public struct TransportError: Error, Equatable, Sendable {
  /// As far as it makes a difference to what is shown.
  public enum Kind: Equatable, Sendable {
    case libraryMissing, timeout, unreachable, untrusted, tooLarge, other
  }

  /// Decides what happens next; the reason does not.
  public var kind: Kind
  /// For people, without a period.
  public var reason: String
  /// False only when certainly no byte of the request was sent.
  public var wasSent: Bool
}

/// Sends requests. Tests replace it.
public protocol Transport: AnyObject {
  func perform(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse
}
