import UsageCore

/// The bytes of a configuration, edited so that every other byte stays as it is.
struct ConfigurationText: Equatable {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The line ending that the file uses.
  var newline: String {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end > 0,
      bytes[end - 1] == UInt8(ascii: "\r")
    else { return "\n" }
    return "\r\n"
  }

  /// The line of a position, from 1.
  func line(at position: Int) -> Int {
    bytes[..<min(position, bytes.count)].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
  }

  func lineStart(before position: Int) -> Int {
    bytes[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  /// The position after the newline that ends the line of `position`.
  func lineEnd(after position: Int) -> Int {
    bytes[position...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
  }

  /// The white space at the start of the line, if nothing else is before `position`.
  func indentation(before position: Int) -> String? {
    let start = lineStart(before: position)
    let before = bytes[start..<position]
    guard before.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    return String(decoding: before, as: UTF8.self)
  }

  /// The ranges of all lines with their newlines, after a byte order mark.
  var lines: [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    while start < bytes.count {
      let end = lineEnd(after: start)
      lines.append(start..<end)
      start = end
    }
    return lines
  }

  /// A line without white space at its ends.
  func trimmed(_ range: Range<Int>) -> String {
    String(decoding: bytes[trimmedRange(range)], as: UTF8.self)
  }

  func trimmedRange(_ range: Range<Int>) -> Range<Int> {
    var range = range
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
    while let first = range.first, isSpace(bytes[first]) { range.removeFirst() }
    while let last = range.last, isSpace(bytes[last]) { range.removeLast() }
    return range
  }

  /// Inserts texts, whose newlines become those of the file.
  func inserting(_ pieces: [(at: Int, text: String)]) -> ConfigurationText {
    var result: [UInt8] = []
    var copied = 0
    let newline = Array(newline.utf8)
    for piece in pieces.sorted(by: { $0.at < $1.at }) {
      result += bytes[copied..<piece.at]
      for byte in piece.text.utf8 {
        if byte == UInt8(ascii: "\n") { result += newline } else { result.append(byte) }
      }
      copied = piece.at
    }
    return ConfigurationText(result + bytes[copied...])
  }

  func removing(_ ranges: [Range<Int>]) -> ConfigurationText {
    var result: [UInt8] = []
    var copied = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound })
    where range.lowerBound >= copied {
      result += bytes[copied..<range.lowerBound]
      copied = range.upperBound
    }
    return ConfigurationText(result + bytes[copied...])
  }

  /// The first free number of a `signal` setting, 8 if possible.
  static func freeSignal(_ used: [Int]) -> Int {
    ([8] + Array(9...30) + Array(1...7)).first { !used.contains($0) } ?? 8
  }
}

/// A block of whole lines between two comment lines.
struct MarkedBlock {
  /// What starts a comment.
  let comment: String
  /// What ends one; empty where the line does.
  var close = ""

  private var begin: String { line(">>> droidbar") }
  /// Begins a block before which a newline was added, because the file's last line had none.
  private var beginAfterNewline: String { line(">>> droidbar (newline added)") }
  private var end: String { line("<<< droidbar") }

  private func line(_ mark: String) -> String { comment + " " + mark + close }

  /// The blocks, with both comments and the newline that was added.
  func ranges(in text: ConfigurationText) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for line in text.lines {
      let content = text.trimmed(line)
      if start == nil, content == begin || content == beginAfterNewline {
        let added = content == beginAfterNewline ? text.newline.utf8.count : 0
        start = max(0, line.lowerBound - added)
      } else if content == end, let first = start {
        ranges.append(first..<line.upperBound)
        start = nil
      }
    }
    return ranges
  }

  /// Inserts the block at the start of a line, or at the end of the file.
  ///
  /// - Parameters:
  ///   - content: whole lines.
  ///   - indent: that of the two comments.
  func inserted(
    _ content: String, into text: ConfigurationText, at position: Int, indent: String = ""
  ) -> ConfigurationText {
    let needsNewline =
      position == text.bytes.count && !text.bytes.isEmpty
      && text.bytes.last != UInt8(ascii: "\n")
    let start = needsNewline ? "\n" + beginAfterNewline : begin
    return text.inserting([(position, "\(indent)\(start)\n\(content)\(indent)\(end)\n")])
  }
}
