import CLibraries

/// SHA-256 of a token: what may be kept of one that must not be kept.
public enum TokenDigest {
  /// Nil when the system has no libcrypto.
  public static func of(_ token: String) -> String? {
    var digest = [UInt8](repeating: 0, count: Int(CRYPTO_LIBRARY_DIGEST_SIZE))
    let bytes = Array(token.utf8)
    guard crypto_sha256(bytes, bytes.count, &digest) == CRYPTO_OK else { return nil }
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
