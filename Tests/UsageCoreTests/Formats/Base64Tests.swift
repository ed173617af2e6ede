import Foundation
import Testing

@testable import UsageCore

@Suite("Base64")
struct Base64Tests {
  @Test("Encoding and decoding agree with Foundation for every length and byte value")
  func same() {
    for length in 0..<70 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length * 11) }
      let text = Data(bytes).base64EncodedString()
      #expect(Base64.encoded(bytes) == text)
      #expect(Base64.decoded(text) == bytes)
    }
    let all = Array(UInt8.min...UInt8.max)
    #expect(Base64.decoded(Base64.encoded(all)) == all)
  }

  @Test(
    "Truncated or invalid text is rejected",
    arguments: [
      "A", "AA", "AAA", "AAAAA", "A===", "====", "AA=A", "=AAA", "AA==AAAA", "AAA =", "AA\nA",
      "AA-_", "ÄAAA", "AAA=AAA=",
    ])
  func refused(text: String) {
    #expect(Base64.decoded(text) == nil)
  }

  @Test("Base64url, as in JWTs, uses other characters and no padding")
  func url() {
    #expect(Base64.decodedURL("-_8") == [0xfb, 0xff])
    #expect(Base64.decodedURL("e30") == Array("{}".utf8))
    #expect(Base64.decodedURL("e3*") == nil)
  }
}
