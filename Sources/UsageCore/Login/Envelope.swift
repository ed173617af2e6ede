import CLibraries

/// droid's encrypted login: `base64(iv):base64(tag):base64(ciphertext)`, AES-256-GCM, 16-byte iv, no associated data.
public enum Envelope {
  /// Why an envelope could not be opened or sealed.
  public enum Failure: Error, Equatable, Sendable {
    /// Not three base64 parts of the right sizes.
    case notAnEnvelope
    /// Wrong key, or modified bytes.
    case wrongKey
    case libraryMissing
  }

  /// Decrypts a text and verifies its tag.
  public static func open(_ text: String, key: EncryptionKey) throws(Failure) -> [UInt8] {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map {
      Base64.decoded(trim($0))
    }
    guard parts.count == 3, let iv = parts[0], var tag = parts[1], let sealed = parts[2],
      iv.count == Int(CRYPTO_LIBRARY_IV_SIZE), tag.count == Int(CRYPTO_LIBRARY_TAG_SIZE),
      !sealed.isEmpty
    else { throw .notAnEnvelope }
    var plain = [UInt8](repeating: 0, count: sealed.count)
    switch crypto_run(0, key.bytes, iv, &tag, sealed, sealed.count, &plain) {
    case CRYPTO_OK: return plain
    case CRYPTO_MISSING: throw .libraryMissing
    default: throw .wrongKey
    }
  }

  /// Encrypts bytes with a new random iv.
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
    switch crypto_run(1, key.bytes, iv, &tag, plain, plain.count, &sealed) {
    case CRYPTO_OK:
      return [iv, tag, sealed].map(Base64.encoded).joined(separator: ":")
    case CRYPTO_MISSING: throw .libraryMissing
    default: throw .wrongKey
    }
  }

  /// Whether a text has the format of an envelope.
  static func looksLike(_ text: String) -> Bool {
    text.utf8.filter { $0 == UInt8(ascii: ":") }.count == 2
      && !text.utf8.contains(UInt8(ascii: "{"))
  }
}

/// A 32-byte key.
public struct EncryptionKey: Equatable, Sendable {
  /// Always 32. Never logged or shown.
  public let bytes: [UInt8]

  /// The content of a key file: base64 of 32 bytes with optional white space, or the raw bytes.
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
