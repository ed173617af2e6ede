/// Who asks: a token and what goes with it. Never described, never compared in a message.
public struct Bearer: Sendable {
  public let token: String
  /// The WorkOS user id, when the token says it.
  public let userID: String?
  /// Of a login only: an API key has an organization of its own.
  public let organizationID: String?
  public let region: ServiceBases.Region

  public init(token: String, userID: String?, organizationID: String?, region: ServiceBases.Region)
  {
    self.token = token
    self.userID = userID
    self.organizationID = organizationID
    self.region = region
  }
}
