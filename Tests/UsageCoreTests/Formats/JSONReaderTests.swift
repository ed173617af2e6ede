import Foundation
import Testing

@testable import UsageCore

/// The same document as parsed by Foundation.
private enum Reference: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([Reference])
  case object([String: Reference])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([Reference].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: Reference].self))
    }
  }

  init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .number(Double(value))
    case .number(let text): self = .number(Double(text) ?? .nan)
    case .string(let text): self = .string(text)
    case .array(let values): self = .array(values.map(Reference.init))
    case .object(let members):
      self = .object(
        Dictionary(members.map { ($0.name, Reference($0.value)) }) { $1 })
    }
  }

  static func read(_ bytes: [UInt8]) -> Reference? {
    try? JSONDecoder().decode(Reference.self, from: Data(bytes))
  }
}

@Suite("JSON")
struct JSONReaderTests {
  private static let texts = [
    #"{"usesTokenRateLimitsBilling":true,"limits":{"standard":{"fiveHour":{"usedPercent":100.5}}}}"#,
    #"[1,-2,0,-0,3.25,1e3,1E-2,12345678901234567890,true,false,null,""]"#,
    #"{"alpha":"\"\\\/\b\f\n\r\tä\u00e4\ud83e\udd16🤖","bravo":{},"charlie":[],"delta":[[],{}]}"#,
    " [ 1 , { \"a\" : \"b\" } ]\n", "\"text\"", "17", "null",
  ]

  @Test("Documents parse to the same values as with Foundation", arguments: texts)
  func same(text: String) throws {
    let value = try #require(JSONValue(Array(text.utf8)))
    #expect(Reference(value) == Reference.read(Array(text.utf8)))
  }

  @Test(
    "Invalid JSON is rejected",
    arguments: [
      "", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
      "{a:1}", "{'a':1}", "01", "1.", ".5", "-", "+1", "1e", "1e+", "0x1", "NaN", "Infinity", "tru",
      "nulll", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\ud83e\"", "\"\\udd16\"", "\"\n\"",
      "\"\u{1}\"", "1 2", "[1] x", "// c\n1", "/* c */ 1", "1 // c", "\u{feff}1", "[1\u{0}]",
    ])
  func refused(text: String) {
    #expect(JSONValue(Array(text.utf8)) == nil)
  }

  @Test("Invalid UTF-8 is rejected")
  func notUTF8() {
    let bytes: [[UInt8]] = [
      [0x22, 0xff, 0x22], [0x22, 0xc2, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xc0, 0x80, 0x22],
    ]
    for bytes in bytes { #expect(JSONValue(bytes) == nil) }
  }

  @Test("On thousands of mutated documents, it agrees with Foundation or is stricter")
  func twisted() {
    var random = Mutator(seed: 42)
    var accepted = 0
    for round in 0..<4000 {
      var bytes = Array(Self.texts[round % Self.texts.count].utf8)
      for _ in 0...random.next(3) { random.twist(&bytes) }
      guard let value = JSONValue(bytes) else { continue }
      accepted += 1
      let text = String(decoding: bytes, as: UTF8.self)
      guard let reference = Reference.read(bytes) else {
        // Numbers outside a Double's range are accepted here but not by Foundation. That is the only difference.
        let hasNumber = text.contains { $0.isNumber }
        #expect(hasNumber, "\(text)")
        continue
      }
      #expect(Reference(value) == reference, "\(text)")
      // Encoding and parsing it again gives the same value.
      #expect(JSONValue(value.bytes) == value, "\(text)")
    }
    #expect(accepted > 400)
  }

  @Test("Every document that Foundation encoded is parsed")
  func written() throws {
    let object: [String: Any] = [
      "a": [1, 2.5, -3e20, "x\u{7f}\u{85}\u{2028}é🤖\\/\"\n"], "": ["b": NSNull(), "c": true],
    ]
    let data = try JSONSerialization.data(withJSONObject: object)
    let value = try #require(JSONValue(Array(data)))
    #expect(Reference(value) == Reference.read(Array(data)))
    #expect(Reference.read(value.bytes) == Reference.read(Array(data)))
  }

  @Test("Every character can be quoted, next to every other kind, without control characters")
  func quoted() {
    let scalars = Array(0..<UInt32(0x250)) + [0x2588, 0x2028, 0xd7ff, 0x1f916]
    let characters = scalars.compactMap { Unicode.Scalar($0) }.map { String($0) }
    for character in characters {
      for text in [
        character, "a\(character)b", "\u{85}\(character)\u{80}", "é\(character)\u{9f}",
        "\"\(character)\\", "\n\(character)\n", character + character,
      ] {
        let bytes = JSONValue.string(text).bytes
        let quoted = String(decoding: bytes, as: UTF8.self)
        #expect(JSONValue(bytes) == .string(text), "\(quoted)")
        #expect(!quoted.unicodeScalars.contains { $0.properties.generalCategory == .control })
      }
    }
  }

  @Test(
    "Invalid escapes in a service response are replaced, so that its tokens are not lost",
    arguments: [
      (#"{"t":"a.b","n":"x\ud83e"}"#, "x\u{fffd}"), (#"{"t":"a.b","n":"\udd16x"}"#, "\u{fffd}x"),
      (#"{"t":"a.b","n":"\ud83e\u0041"}"#, "\u{fffd}A"),
      (#"{"t":"a.b","n":"\ud83e\ud83e\udd16"}"#, "\u{fffd}🤖"),
      (#"{"t":"a.b","n":"\ud83e\n"}"#, "\u{fffd}\n"), ("\u{feff}{\"t\":\"a.b\",\"n\":\"x\"}", "x"),
    ])
  func mended(text: String, name: String) {
    let value = JSONValue(response: Array(text.utf8))
    #expect(value?["t"]?.string == "a.b")
    #expect(value?["n"]?.string == name)
  }

  @Test("Invalid UTF-8 in a service response is replaced too, but other errors are rejected")
  func mendedBytes() {
    let bytes = Array(#"{"t":"a.b","n":""#.utf8) + [0xff, 0xc2] + Array(#""}"#.utf8)
    #expect(JSONValue(response: bytes)?["t"]?.string == "a.b")
    for text in ["", "{", "[1,]", "{\"a\":\"\\ud83\"}", "{\"a\":\"\\x\"}", "// c\n1", "<html>"] {
      #expect(JSONValue(response: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test("Nesting is limited, so that a document cannot overflow the stack")
  func deep() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSONValue(Array(nested(JSONReader.maximumDepth).utf8)) != nil)
    #expect(JSONValue(Array(nested(JSONReader.maximumDepth + 1).utf8)) == nil)
    #expect(JSONValue(Array(String(repeating: "[", count: 1 << 20).utf8)) == nil)
    #expect(JSONValue(Array(String(repeating: "{\"a\":", count: 1 << 17).utf8)) == nil)
  }

  @Test("A number that does not fit is written back unchanged")
  func numbers() {
    for text in ["12345678901234567890", "1.0", "1e400", "-0", "0.1000"] {
      #expect(JSONValue(Array(text.utf8))?.bytes == Array(text.utf8))
    }
    #expect(JSONValue(Array("1.0".utf8))?.integer == 1)
    #expect(JSONValue(Array("1e400".utf8))?.double == nil)
    #expect(JSONValue(Array("12345678901234567890".utf8))?.integer == nil)
    #expect(JSONValue(Array("\"5e6\"".utf8))?.integer == 5_000_000)
  }
}

/// Mutates texts, in the same way on every run.
private struct Mutator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(1, limit)
  }

  mutating func twist(_ bytes: inout [UInt8]) {
    let pieces = Array("{}[]:,\"\\u0e1-+. tfn/\u{e9}".utf8)
    let place = next(bytes.count)
    switch next(4) {
    case 0 where !bytes.isEmpty: bytes.remove(at: place)
    case 1: bytes.insert(pieces[next(pieces.count)], at: min(place, bytes.count))
    case 2 where !bytes.isEmpty: bytes[place] = pieces[next(pieces.count)]
    default: bytes = Array(bytes.prefix(place + 1))
    }
  }
}
