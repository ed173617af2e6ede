import CLibraries

/// droid's encrypted login: `base64(iv):base64(tag):base64(ciphertext)`, AES-256-GCM, 16-byte iv, no associated data.
public enum Envelope {
  public enum Failure: Error, Equatable, Sendable {
    /// Not three base64 parts of the right sizes.
    case notAnEnvelope
    /// The key is another's, or bytes were changed.
    case doesNotOpen
    case libraryMissing
  }

  public static func open(_ text: String, key: EncryptionKey) throws(Failure) -> [UInt8] {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map {
      Base64.decoded(trim($0))
    }
    guard parts.count == 3, let iv = parts[0], let tag = parts[1], let sealed = parts[2],
      iv.count == Int(CRYPTO_LIBRARY_IV_SIZE), tag.count == Int(CRYPTO_LIBRARY_TAG_SIZE),
      !sealed.isEmpty
    else { throw .notAnEnvelope }
    var plain = [UInt8](repeating: 0, count: sealed.count)
    switch crypto_open(key.bytes, iv, tag, sealed, sealed.count, &plain) {
    case CRYPTO_OK: return plain
    case CRYPTO_MISSING: throw .libraryMissing
    default: throw .doesNotOpen
    }
  }

  public static func seal(_ plain: [UInt8], key: EncryptionKey) throws(Failure) -> String {
    var random = SystemRandomNumberGenerator()
    let iv = (0..<Int(CRYPTO_LIBRARY_IV_SIZE)).map { _ in
      UInt8.random(in: .min ... .max, using: &random)
    }
    return try seal(plain, key: key, iv: iv)
  }

  static func seal(_ plain: [UInt8], key: EncryptionKey, iv: [UInt8]) throws(Failure) -> String {
    var sealed = [UInt8](repeating: 0, count: plain.count)
    var tag = [UInt8](repeating: 0, count: Int(CRYPTO_LIBRARY_TAG_SIZE))
    switch crypto_seal(key.bytes, iv, plain, plain.count, &sealed, &tag) {
    case CRYPTO_OK:
      return [iv, tag, sealed].map(Base64.encoded).joined(separator: ":")
    case CRYPTO_MISSING: throw .libraryMissing
    default: throw .doesNotOpen
    }
  }

  /// Whether a text has the shape of an envelope.
  static func looksLike(_ text: String) -> Bool {
    text.utf8.filter { $0 == UInt8(ascii: ":") }.count == 2 && !text.contains("{")
  }
}

/// The 32 bytes that open an envelope.
public struct EncryptionKey: Equatable, Sendable {
  public let bytes: [UInt8]

  /// Base64 text of 32 bytes, with or without white space around it, or the 32 bytes themselves.
  public init?(_ content: [UInt8]) {
    let size = Int(CRYPTO_LIBRARY_KEY_SIZE)
    if content.count == size {
      bytes = content
      return
    }
    guard let text = String(validating: content, as: UTF8.self),
      let decoded = Base64.decoded(trim(text)),
      decoded.count == size
    else { return nil }
    bytes = decoded
  }
}

/// The text without white space at its ends.
func trim(_ text: some StringProtocol) -> String {
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}
