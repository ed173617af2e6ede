import Foundation
import Testing

@testable import UsageCore

@Suite("Base64")
struct Base64Tests {
  @Test("Bytes of every length and value go there and back as Foundation's do")
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
    "What is not whole and clean is refused",
    arguments: [
      "A", "AA", "AAA", "AAAAA", "A===", "====", "AA=A", "=AAA", "AA==AAAA", "AAA =", "AA\nA",
      "AA-_", "ÄAAA", "AAA=AAA=",
    ])
  func refused(text: String) {
    #expect(Base64.decoded(text) == nil)
  }

  @Test("A JWT's form has other characters and no padding")
  func url() {
    #expect(Base64.decodedURL("-_8") == [0xfb, 0xff])
    #expect(Base64.decodedURL("e30") == Array("{}".utf8))
    #expect(Base64.decodedURL("e3*") == nil)
  }
}
