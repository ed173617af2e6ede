/// The text without white space at its ends.
func trim(_ text: some StringProtocol) -> String {
  guard let first = text.firstIndex(where: { $0.isWhitespace == false }),
    let last = text.lastIndex(where: { $0.isWhitespace == false })
  else { return "" }
  return String(text[first...last])
}

extension StringProtocol {
  /// The first place where `text` occurs, byte by byte. Embedded Swift has no `firstRange(of:)`.
  public func firstOccurrence(of text: String) -> Range<Index>? {
    let wanted = Array(text.utf8)
    for start in utf8.indices where utf8[start...].starts(with: wanted) {
      return start..<utf8.index(start, offsetBy: wanted.count)
    }
    return nil
  }

  public func hasOccurrence(of text: String) -> Bool {
    firstOccurrence(of: text) != nil
  }
}
