/// The JSON of a login as a store contains it, in any of the known formats.
///
/// Unknown fields are kept: a write-back changes only the two tokens.
public struct LoginDocument: Equatable, Sendable {
  private enum Format: Equatable {
    /// The tokens are members of the object, or of its member `inside`.
    case object(JSONValue, inside: String?, accessKey: String, refreshKey: String?)
    case jsonString
    case bareToken
  }

  private let format: Format
  private let isHexadecimal: Bool
  /// Visible ASCII, so that it can be sent in a header.
  public let accessToken: String
  /// Nil: the login cannot be refreshed.
  public let refreshToken: String?
  /// Nil when the document names none.
  public let activeOrganizationID: String?
  /// Global unless the document says `eu`.
  public let region: ServiceBases.Region
}

extension LoginDocument {
  /// Nil when there is no access token.
  public init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self).map({ trim($0) }), !text.isEmpty
    else { return nil }
    if text.utf8.count >= 8, let inner = Hexadecimal.decode(text),
      let innerText = String(validating: inner, as: UTF8.self)
    {
      self.init(text: trim(innerText), isHexadecimal: true)
    } else {
      self.init(text: text, isHexadecimal: false)
    }
  }

  private init?(text: String, isHexadecimal: Bool) {
    if text.hasPrefix("{") {
      guard let object = JSONValue(Array(text.utf8)) else { return nil }
      self.init(object: object, isHexadecimal: isHexadecimal)
      return
    }
    let isString = text.hasPrefix("\"")
    guard let token = isString ? JSONValue(Array(text.utf8))?.string : text,
      token.isVisibleASCII,
      token.split(separator: ".", omittingEmptySubsequences: false).count == 3
    else { return nil }
    self.init(
      format: isString ? .jsonString : .bareToken, isHexadecimal: isHexadecimal,
      accessToken: token, refreshToken: nil, activeOrganizationID: nil, region: .global)
  }

  private init?(object: JSONValue, isHexadecimal: Bool) {
    for (holder, inside) in [(object, nil), (object["tokens"] ?? .null, "tokens")] {
      for (accessKey, refreshKey) in [
        ("access_token", "refresh_token"), ("accessToken", "refreshToken"),
      ] {
        guard let access = holder[accessKey]?.visibleASCII else { continue }
        let refresh = holder[refreshKey]?.visibleASCII
        let region = object["region"]?.string ?? object["whoami"]?["region"]?.string
        self.init(
          format: .object(
            object, inside: inside, accessKey: accessKey,
            refreshKey: refresh == nil ? nil : refreshKey),
          isHexadecimal: isHexadecimal, accessToken: access, refreshToken: refresh,
          activeOrganizationID: (object["active_organization_id"] ?? object["activeOrganizationId"])?
            .visibleASCII,
          region: .init(name: region))
        return
      }
    }
    return nil
  }

  /// The same login with new tokens. Nil for a format without a refresh token.
  public func replacing(_ pair: TokenPair) -> LoginDocument? {
    guard case .object(let object, let inside, let accessKey, .some(let refreshKey)) = format else {
      return nil
    }
    let holder = (inside.flatMap { object[$0] } ?? object)
      .setting(accessKey, to: .string(pair.accessToken))
      .setting(refreshKey, to: .string(pair.refreshToken))
    return LoginDocument(
      format: .object(
        inside.map { object.setting($0, to: holder) } ?? holder, inside: inside,
        accessKey: accessKey, refreshKey: refreshKey),
      isHexadecimal: isHexadecimal, accessToken: pair.accessToken, refreshToken: pair.refreshToken,
      activeOrganizationID: activeOrganizationID, region: region)
  }

  /// Of the access token; nil when it is not a JWT.
  var claims: Claims? { Claims(token: accessToken) }

  /// The document as a store contains it.
  public var bytes: [UInt8] {
    let plain: [UInt8]
    switch format {
    case .object(let object, _, _, _): plain = object.bytes
    case .jsonString: plain = JSONValue.string(accessToken).bytes
    case .bareToken: plain = Array(accessToken.utf8)
    }
    return isHexadecimal ? Array(Hexadecimal.encode(plain).utf8) : plain
  }
}

/// An access token and its refresh token.
public struct TokenPair: Equatable, Sendable {
  /// Authorizes requests until it expires.
  public let accessToken: String
  /// Exchanged for the next pair; spent by its use.
  public let refreshToken: String

  public init(accessToken: String, refreshToken: String) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
  }
}

/// The claims of an access token. Not verified; that is the service's business.
struct Claims: Equatable, Sendable {
  /// `exp`; nil when missing.
  let expiresAt: Moment?
  /// `iat`; nil when missing.
  let issuedAt: Moment?
  /// `sub`; nil when missing.
  let userID: String?
  /// `org_id`; nil when missing.
  let organizationID: String?

  /// Nil when the token is not a JWT.
  init?(token: String) {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = Base64.decodedURL(parts[1]),
      let claims = JSONValue(payload), claims.isObject
    else { return nil }
    expiresAt = claims["exp"]?.double.flatMap { Moment(exactly: $0) }
    issuedAt = claims["iat"]?.double.flatMap { Moment(exactly: $0) }
    userID = claims["sub"]?.string
    organizationID = claims["org_id"]?.string
  }
}
