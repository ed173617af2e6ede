/// The login to use: the document of a store, or a newer pair that has not been written to it yet.
struct Login: Sendable {
  let store: LoginStore
  let document: LoginDocument
  /// Set while the tokens are only in our state folder.
  var rescued: RescuedPair?
  /// Why the refresh token must not be used: a newer store cannot be read.
  var readOnlyReason: String?

  var claims: Claims? { document.claims }

  /// The access token, and the account that it belongs to.
  var bearer: Bearer {
    Bearer(
      token: document.accessToken, userID: claims?.userID,
      organizationID: document.activeOrganizationID, region: document.region)
  }

  /// A hash of user, organization and region. Of the token alone if it names no user.
  var account: String {
    guard let userID = claims?.userID else {
      return "opaque-" + Fingerprint.of(document.accessToken).prefix(8)
    }
    let organization = document.activeOrganizationID ?? claims?.organizationID ?? ""
    return Fingerprint.of("login", userID, organization, document.region.rawValue)
  }
}

/// Why there is no usable login.
enum LoginError: Error, Equatable, Sendable {
  case noLogin
  /// A store cannot be read, decrypted or safely refreshed. The reason is a sentence without its period.
  case unreadable(reason: String)
  /// The access token has expired and cannot or must not be refreshed.
  case expired
  /// The service rejects the login.
  case refused
  /// The login service failed.
  case service(ServiceError)

  /// The problem as a reading shows it.
  func problem(now: Moment) -> Problem {
    switch self {
    case .noLogin: .loggedOut(.noLogin)
    case .unreadable(let reason): .loginUnreadable(reason: reason)
    case .expired: .loggedOut(.expired)
    case .refused: .loggedOut(.refused)
    case .service(let problem): problem.problem(now: now)
    }
  }

  var retryAfter: Moment? {
    guard case .service(let problem) = self else { return nil }
    return problem.retryAfter
  }

  /// A file error during a refresh of the login.
  static func cannotRefresh(_ problem: FileError) -> LoginError {
    .unreadable(reason: "the login cannot be safely refreshed: \(problem.sentence)")
  }
}
