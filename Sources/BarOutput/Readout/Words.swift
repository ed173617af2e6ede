/// Numbers as people read them.
public enum Words {
  /// A whole percentage. Only what is full says 100, only what is empty says 0 of it left.
  public static func wholePercent(_ value: Double) -> Int {
    guard value.isFinite, value > 0 else { return 0 }
    let rounded = Int(min(value, 1_000_000).rounded())
    return value < 100 ? min(rounded, 99) : rounded
  }

  /// At most two units: `3d 4h`, `1h 29m`, `41m`, `<1m`.
  public static func duration(_ seconds: Int64) -> String {
    let minutes = max(0, seconds) / 60
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
    if days > 0 { return hours > 0 ? "\(days)d \(hours)h" : "\(days)d" }
    if hours > 0 { return rest > 0 ? "\(hours)h \(rest)m" : "\(hours)h" }
    return rest > 0 ? "\(rest)m" : "<1m"
  }

  /// `5.0M`, `12.3K`, `980`.
  public static func tokens(_ count: Int64) -> String {
    let steps: [(Int64, String)] = [
      (1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1000, "K"),
    ]
    for (size, unit) in steps where count >= size {
      let tenths = count / (size / 10)
      return "\(tenths / 10).\(tenths % 10)\(unit)"
    }
    return "\(max(0, count))"
  }

  /// `$12.50`.
  public static func dollars(cents: Int64) -> String {
    let amount = cents.magnitude
    let rest = amount % 100
    return "\(cents < 0 ? "-" : "")$\(amount / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Hours with one decimal: `1.5 h`.
  public static func hours(seconds: Int64) -> String {
    let tenths = max(0, seconds) / 360
    return tenths % 10 == 0 ? "\(tenths / 10) h" : "\(tenths / 10).\(tenths % 10) h"
  }

  /// A bar of `width` cells: `██████░░░░`.
  public static func bar(percent: Double, width: Int, full: Character = "█", empty: Character = "░")
    -> String
  {
    let width = min(max(width, 0), 40)
    let share = min(max(percent.isFinite ? percent : 0, 0), 100) / 100
    var filled = Int((share * Double(width)).rounded())
    // The last cell is for what is really full, the first for what is really begun.
    if share < 1 && filled == width { filled = max(0, width - 1) }
    if share > 0 && filled == 0 { filled = min(1, width) }
    return String(repeating: full, count: filled) + String(repeating: empty, count: width - filled)
  }

  /// As many whole characters as fit into a number of UTF-8 bytes, with an ellipsis when something is left out.
  public static func cut(_ text: String, bytes limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var kept = ""
    var size = 3
    for character in text {
      size += character.utf8.count
      if size > limit { break }
      kept.append(character)
    }
    return limit < 3 ? "" : kept + "…"
  }
}
