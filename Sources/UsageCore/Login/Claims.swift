/// What an access token says of itself. Not verified: the service does that.
public struct Claims: Equatable, Sendable {
  public let expiresAt: Moment?
  public let issuedAt: Moment?
  public let userID: String?
  public let organizationID: String?

  /// Nil when the token is no JWT.
  public init?(token: String) {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Base64.decodedURL(parts[1]),
      let claims = JSONValue(payload),
      claims.members != nil
    else { return nil }
    expiresAt = claims["exp"]?.double.flatMap { Moment(exactly: $0) }
    issuedAt = claims["iat"]?.double.flatMap { Moment(exactly: $0) }
    userID = claims["sub"]?.string
    organizationID = claims["org_id"]?.string
  }
}
