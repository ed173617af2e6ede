import UsageCore

/// Formats numbers for people.
public enum Format {
  /// A whole percentage. Values below 100 never round up to 100.
  public static func wholePercent(_ value: Double) -> Int {
    guard value.isFinite, value > 0, let rounded = min(value, 1_000_000).roundedInteger else {
      return 0
    }
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

  /// `07`.
  public static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  /// `5.0M`, `12.3K`, `980`.
  public static func tokens(_ count: Int64) -> String {
    let units: [(size: Int64, name: String)] = [
      (1_000_000_000_000, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1000, "K"),
    ]
    for unit in units where count >= unit.size {
      let tenths = count / (unit.size / 10)
      return "\(tenths / 10).\(tenths % 10)\(unit.name)"
    }
    return "\(max(0, count))"
  }

  /// `$12.50`.
  public static func dollars(cents: Int64) -> String {
    let amount = cents.magnitude
    let rest = amount % 100
    return "\(cents < 0 ? "-" : "")$\(amount / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Hours with at most one decimal: `1.5 h`.
  public static func hours(seconds: Int64) -> String {
    let tenths = max(0, seconds) / 360
    return tenths % 10 == 0 ? "\(tenths / 10) h" : "\(tenths / 10).\(tenths % 10) h"
  }

  /// The characters of a bar.
  public struct BarStyle: Sendable {
    let full: String
    let empty: String
    let mark: String
    /// The terminal can show the bars of sparklines.
    let hasSparklines: Bool

    /// Block elements, as in `██████░░░░`.
    public static let blocks = BarStyle(full: "█", empty: "░", mark: "┊", hasSparklines: true)
    /// ASCII characters, as in `######----`.
    public static let ascii = BarStyle(full: "#", empty: "-", mark: "|", hasSparklines: false)
  }

  /// A bar of `width` cells: `██████░░░░`. A `mark`, 0 to 100, replaces the empty cell at its place.
  public static func bar(
    percent: Double, width: Int, mark: Double? = nil, style: BarStyle = .blocks
  ) -> String {
    let width = min(max(width, 0), 40)
    let share = min(max(percent.isFinite ? percent : 0, 0), 100) / 100
    var filled = (share * Double(width)).roundedInteger ?? 0
    // Only a full limit fills the last cell, and any use fills the first.
    if share < 1 && filled == width { filled = max(0, width - 1) }
    if share > 0 && filled == 0 { filled = min(1, width) }
    let marked = mark.flatMap { ($0 / 100 * Double(width)).roundedInteger } ?? -1
    var bar = ""
    for cell in 0..<width {
      bar += cell < filled ? style.full : cell == marked ? style.mark : style.empty
    }
    return bar
  }

  /// Shortens a text to at most `limit` bytes of UTF-8, ending in an ellipsis.
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

  /// A text in one line of at most `bytes`.
  public static func line(_ text: String, bytes: Int) -> String {
    cut(withoutControlCharacters(text), bytes: bytes)
  }

  /// Replaces our own non-ASCII characters with ASCII ones, and any others with `?`.
  public static func ascii(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "·": result += "-"
      case "…": result += "..."
      default: result += character.isASCII ? String(character) : "?"
      }
    }
  }

  /// Replaces control characters, line separators and bidirectional controls by spaces.
  static func withoutControlCharacters(_ text: String) -> String {
    guard mayHaveControlCharacters(text) else { return text }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { clean.append(isControl(scalar) ? " " : scalar) }
    return String(clean)
  }

  /// By the first bytes of what `isControl` lists.
  private static func mayHaveControlCharacters(_ text: String) -> Bool {
    var previous: UInt8 = 0
    return text.hasByte { byte in
      defer { previous = byte }
      if byte < 0x80 { return byte < 0x20 || byte == 0x7f }
      return (previous == 0xc2 && byte < 0xa0)
        || (previous == 0xe2 && (byte == 0x80 || byte == 0x81))
        || (previous == 0xd8 && byte == 0x9c)
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f, 0x2028, 0x2029: true
    // Bidirectional controls could make a line read differently.
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// Faster than `utf8.contains(where:)`.
  func hasByte(where predicate: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.contains(where: predicate) }
      ?? utf8.contains(where: predicate)
  }
}
