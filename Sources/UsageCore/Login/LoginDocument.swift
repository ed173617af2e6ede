/// The login as it is written inside a store, in whichever of the known shapes.
///
/// What is not understood is kept: a write-back changes the two tokens and nothing else.
public struct LoginDocument: Equatable, Sendable {
  private enum Shape: Equatable {
    /// An object that holds the tokens under these names, inside the object `inside` when that is not nil.
    case object(JSONValue, inside: String?, accessKey: String, refreshKey: String?)
    case jsonString
    case bare
  }

  private let shape: Shape
  private let isHexadecimal: Bool
  public let accessToken: String
  /// Nil: the login cannot be refreshed.
  public let refreshToken: String?
  public let activeOrganizationID: String?
  public let region: ServiceBases.Region

  /// Nil when no access token can be found.
  public init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self).map({ trim($0) }), !text.isEmpty
    else { return nil }
    if let inner = Self.fromHexadecimal(text) {
      self.init(text: trim(inner), isHexadecimal: true)
    } else {
      self.init(text: text, isHexadecimal: false)
    }
  }

  private init?(text: String, isHexadecimal: Bool) {
    if text.hasPrefix("{") {
      guard let object = JSONValue(text.utf8) else { return nil }
      self.init(object: object, isHexadecimal: isHexadecimal)
      return
    }
    let isString = text.hasPrefix("\"")
    guard let token = isString ? JSONValue(text.utf8)?.string : text, Self.isToken(token),
      token.split(separator: ".", omittingEmptySubsequences: false).count == 3
    else { return nil }
    self.init(
      shape: isString ? .jsonString : .bare, isHexadecimal: isHexadecimal, accessToken: token,
      refreshToken: nil,
      activeOrganizationID: nil, region: .global)
  }

  private init?(object: JSONValue, isHexadecimal: Bool) {
    for (holder, inside) in [(object, nil), (object["tokens"] ?? .null, "tokens")] {
      for (accessKey, refreshKey) in [
        ("access_token", "refresh_token"), ("accessToken", "refreshToken"),
      ] {
        guard let access = holder[accessKey]?.string, Self.isToken(access) else { continue }
        let refresh = holder[refreshKey]?.string.flatMap { Self.isToken($0) ? $0 : nil }
        self.init(
          shape: .object(
            object, inside: inside, accessKey: accessKey,
            refreshKey: refresh == nil ? nil : refreshKey),
          isHexadecimal: isHexadecimal, accessToken: access, refreshToken: refresh,
          activeOrganizationID: (object["active_organization_id"] ?? object["activeOrganizationId"])?
            .string
            .flatMap { Self.isToken($0) ? $0 : nil },
          region: .init(word: object["region"]?.string))
        return
      }
    }
    return nil
  }

  private init(
    shape: Shape, isHexadecimal: Bool, accessToken: String, refreshToken: String?,
    activeOrganizationID: String?,
    region: ServiceBases.Region
  ) {
    self.shape = shape
    self.isHexadecimal = isHexadecimal
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.activeOrganizationID = activeOrganizationID
    self.region = region
  }

  /// The same login with a new pair of tokens. Nil for a shape that has no refresh token.
  public func replacing(_ pair: TokenPair) -> LoginDocument? {
    guard case .object(var object, let inside, let accessKey, .some(let refreshKey)) = shape else {
      return nil
    }
    var holder = inside.flatMap { object[$0] } ?? object
    holder[accessKey] = .string(pair.accessToken)
    holder[refreshKey] = .string(pair.refreshToken)
    if let inside { object[inside] = holder } else { object = holder }
    return LoginDocument(
      shape: .object(object, inside: inside, accessKey: accessKey, refreshKey: refreshKey),
      isHexadecimal: isHexadecimal, accessToken: pair.accessToken, refreshToken: pair.refreshToken,
      activeOrganizationID: activeOrganizationID, region: region)
  }

  /// The document as a store holds it.
  public var bytes: [UInt8]? {
    let plain: [UInt8]?
    switch shape {
    case .object(let object, _, _, _): plain = object.bytes
    case .jsonString: plain = JSONValue.string(accessToken).bytes
    case .bare: plain = Array(accessToken.utf8)
    }
    guard isHexadecimal else { return plain }
    return plain.map { bytes in
      bytes.flatMap { (($0 < 16 ? "0" : "") + String($0, radix: 16)).utf8 }
    }
  }

  /// Visible ASCII only: anything else would not survive a header or a line.
  static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
  }

  private static func fromHexadecimal(_ text: String) -> String? {
    let digits = Array(text.utf8)
    guard digits.count >= 8, digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(byte)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

/// An access token and the refresh token that comes with it.
public struct TokenPair: Equatable, Sendable {
  public let accessToken: String
  public let refreshToken: String

  public init(accessToken: String, refreshToken: String) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
  }
}
