/// A unified diff without context, as `setup` prints it.
enum LineDifference {
  static func text(from old: String, to new: String, path: String) -> String {
    let (before, after) = (lines(old), lines(new))
    // Only a few lines change: compare what is between the common start and end.
    let prefix = zip(before, after).prefix { $0 == $1 }.count
    let limit = min(before.count, after.count) - prefix
    let suffix = zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.prefix(limit).count
    let removed = before[prefix..<before.count - suffix]
    let inserted = after[prefix..<after.count - suffix]
    return "--- \(path)\n+++ \(path)\n" + hunks(removed, inserted, at: prefix)
  }

  /// Pairs equal lines greedily, which is exact when the change only inserts or only removes lines.
  private static func hunks(
    _ removed: ArraySlice<Substring>, _ inserted: ArraySlice<Substring>, at start: Int
  ) -> String {
    var text = ""
    var (old, new) = (removed, inserted)
    var isInside = false
    while !old.isEmpty || !new.isEmpty {
      if let line = old.first, line == new.first {
        (old, new, isInside) = (old.dropFirst(), new.dropFirst(), false)
        continue
      }
      if !isInside { text += "@@ -\(old.startIndex + 1) +\(new.startIndex + 1) @@\n" }
      isInside = true
      // A line that still exists further down was not removed: the new lines come first.
      if let line = old.first, !new.contains(line) {
        text += "-\(line)\n"
        old = old.dropFirst()
      } else if let line = new.first {
        text += "+\(line)\n"
        new = new.dropFirst()
      }
    }
    return text
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
