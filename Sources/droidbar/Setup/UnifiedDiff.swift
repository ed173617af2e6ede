/// A unified diff without context, as `setup` prints it.
enum UnifiedDiff {
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
    while !old.isEmpty || !new.isEmpty {
      if let line = old.first, line == new.first {
        (old, new) = (old.dropFirst(), new.dropFirst())
        continue
      }
      let (oldStart, newStart) = (old.startIndex, new.startIndex)
      var body = ""
      while old.first != new.first {
        // A line that still exists further down was not removed: the new lines come first.
        if let line = old.first, !new.contains(line) {
          body += "-\(line)\n"
          old = old.dropFirst()
        } else if let line = new.first {
          body += "+\(line)\n"
          new = new.dropFirst()
        }
      }
      let (oldCount, newCount) = (old.startIndex - oldStart, new.startIndex - newStart)
      text += "@@ -\(range(oldStart, oldCount)) +\(range(newStart, newCount)) @@\n" + body
    }
    return text
  }

  /// `LINE,COUNT` as in unified diffs: lines count from 1, and an empty range names the line before it.
  private static func range(_ start: Int, _ count: Int) -> String {
    count == 1 ? "\(start + 1)" : "\(count == 0 ? start : start + 1),\(count)"
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
