/// A login to ask with: a store's document, or the newer pair that is on its way into that store.
public struct Login: Sendable {
  let store: LoginStore
  let document: LoginDocument
  /// The pair is still in our own state folder: `replaces` in `RescuedPair`.
  let rescued: RescuedPair?
  /// Why the refresh token must not be used: a newer store cannot be read.
  let readOnlyReason: String?
  public let claims: Claims?

  init(store: LoginStore, document: LoginDocument, rescued: RescuedPair?, readOnlyReason: String?) {
    self.store = store
    self.document = document
    self.rescued = rescued
    self.readOnlyReason = readOnlyReason
    claims = Claims(token: document.accessToken)
  }

  public var bearer: Bearer {
    Bearer(
      token: document.accessToken, userID: claims?.userID,
      organizationID: document.activeOrganizationID,
      region: document.region)
  }

  /// A digest of who the login is; of a token that says nothing of its user, the token itself stands in.
  public var account: String {
    guard let userID = claims?.userID else {
      return "opaque-" + Fingerprint.of(document.accessToken).prefix(8)
    }
    let organization = document.activeOrganizationID ?? claims?.organizationID ?? ""
    return Fingerprint.of("login", userID, organization, document.region.rawValue)
  }
}
