import Foundation

/// Access tokens in the format of WorkOS, with a dummy signature.
public enum TestToken {
  public static func make(
    user: String = "user_1", issuedAt: Int? = nil, expiresAt: Int?,
    serial: Int = 0
  ) -> String {
    var claims: [String] = [#""sub":"\#(user)""#, #""sid":"session_\#(serial)""#]
    if let issuedAt { claims.append(#""iat":\#(issuedAt)"#) }
    if let expiresAt { claims.append(#""exp":\#(expiresAt)"#) }
    return [#"{"alg":"RS256"}"#, "{" + claims.joined(separator: ",") + "}", "signature"].map(
      base64URL
    )
    .joined(separator: ".")
  }

  static func base64URL(_ text: String) -> String {
    Data(text.utf8).base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
}
