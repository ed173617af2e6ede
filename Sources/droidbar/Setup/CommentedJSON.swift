/// Finds places in JSON with comments, by its bytes. What it says is right for text that a parser has accepted.
struct CommentedJSON {
  private let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// Behind the brace that opens the document's object.
  var objectStart: Int? {
    var position = 0
    guard let token = next(&position), token.kind == UInt8(ascii: "{") else { return nil }
    return position
  }

  /// Behind the bracket of the list that the document's object has under `name`.
  func start(ofListNamed name: String) -> Int? {
    var position = 0
    var depth = 0
    var isNamed = false
    while let token = next(&position) {
      switch token.kind {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 1 && isNamed { return token.kind == UInt8(ascii: "[") ? position : nil }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":"): continue
      case UInt8(ascii: ","): isNamed = false
      case UInt8(ascii: "\""):
        if depth == 1 && !isNamed {
          isNamed = bytes[token.start + 1..<position - 1].elementsEqual(name.utf8)
        }
      default: break
      }
    }
    return nil
  }

  /// The text with more at some of its places.
  func inserting(_ pieces: [(at: Int, text: String)]) -> String {
    var result: [UInt8] = []
    var copied = 0
    for piece in pieces.sorted(by: { $0.at < $1.at }) {
      result += bytes[copied..<piece.at]
      result += Array(piece.text.utf8)
      copied = piece.at
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  /// The next mark, string or other word; `position` goes behind it.
  private func next(_ position: inout Int) -> (kind: UInt8, start: Int)? {
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
      case UInt8(ascii: "/") where position < bytes.count && bytes[position] == UInt8(ascii: "/"):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "/") where position < bytes.count && bytes[position] == UInt8(ascii: "*"):
        position += 1
        while position + 1 < bytes.count,
          !(bytes[position] == UInt8(ascii: "*") && bytes[position + 1] == UInt8(ascii: "/"))
        { position += 1 }
        position = min(position + 2, bytes.count)
      case UInt8(ascii: "\""):
        while position < bytes.count, bytes[position] != byte {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, bytes.count)
        return (byte, start)
      default: return (byte, start)
      }
    }
    return nil
  }
}
