import Testing

@testable import UsageCore

/// A test vector that was verified with two independent libraries.
enum KnownEnvelope {
  static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
  static let text =
    "QEFCQ0RFRkdISUpLTE1OTw==:mfCD8BzOI8LOp9HPf2qy3Q==:TqB3uP86JHjGfwye+wLEmFgrObRxPRrRgiu8zIM2dr6nIlGD1umzOILcCRp6y3pwHm1sFkRMyIF4Sb3R9xrf/qGlF73ljwK8Z7lAy34KlBhZBuyq0IOeZdPgB1FND2HDbYI="
  static let plain =
    #"{"access_token":"a.b.c","refresh_token":"rt_1","active_organization_id":"org_1","region":"global"}"#
}

@Suite("droid's encrypted envelope")
struct EnvelopeTests {
  let key = EncryptionKey(Array(KnownEnvelope.key.utf8))

  @Test("The test vector decrypts")
  func opens() throws {
    #expect(
      try Envelope.open(KnownEnvelope.text, key: #require(key)) == Array(KnownEnvelope.plain.utf8))
  }

  @Test("Encrypting with the IV of the test vector reproduces it")
  func seals() throws {
    let sealed = try Envelope.seal(
      Array(KnownEnvelope.plain.utf8), key: #require(key), iv: (0x40...0x4f).map { UInt8($0) })
    #expect(sealed == KnownEnvelope.text)
  }

  @Test("Encrypted data decrypts again, and every encryption uses a new 16-byte IV")
  func roundTrip() throws {
    let key = try #require(key)
    let sealed = try (0..<2).map { _ in try Envelope.seal([1, 2, 3], key: key) }
    #expect(sealed[0] != sealed[1])
    #expect(try sealed.allSatisfy { try Envelope.open($0, key: key) == [1, 2, 3] })
    #expect(sealed[0].split(separator: ":")[0].count == 24)
  }

  @Test("A modified byte or a wrong key fails to decrypt")
  func refuses() throws {
    let changed = KnownEnvelope.text.replacing("TqB3", with: "TqB4")
    #expect(throws: Envelope.Failure.wrongKey) { try Envelope.open(changed, key: #require(key)) }
    let other = try #require(EncryptionKey([UInt8](repeating: 7, count: 32)))
    #expect(throws: Envelope.Failure.wrongKey) {
      try Envelope.open(KnownEnvelope.text, key: other)
    }
  }

  @Test(
    "Text in any other format is not an envelope",
    arguments: [
      "", ":", "::", "a:b:c", "QEFC:QEFC:QEFC", KnownEnvelope.text + ":x",
      "{\"access_token\":\"x\"}",
    ])
  func shape(text: String) throws {
    #expect(throws: Envelope.Failure.notAnEnvelope) { try Envelope.open(text, key: #require(key)) }
  }

  @Test("A key is base64, with or without a trailing newline, or 32 raw bytes")
  func keys() {
    let raw = (0..<32).map { UInt8($0) }
    #expect(EncryptionKey(Array((KnownEnvelope.key + "\n").utf8))?.bytes == raw)
    #expect(EncryptionKey(raw)?.bytes == raw)
    #expect(EncryptionKey(Array("AAEC".utf8)) == nil)
    #expect(EncryptionKey([]) == nil)
    #expect(EncryptionKey([0xff, 0xfe]) == nil)
  }
}
