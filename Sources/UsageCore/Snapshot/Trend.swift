/// What the history says about one limit. Computed by a refresh and cached, so that a print reads no history.
public struct Trend: Equatable, Sendable {
  public let limit: String
  /// Percentage points per hour over the last hour and day; nil with too few samples.
  public let lastHour: Double?
  public let lastDay: Double?
  /// Usage in each of the last 24 hours, and in each quarter of the last 7 days, oldest first.
  public let day: Sparkline?
  public let week: Sparkline?

  /// - Parameter limit: a `LimitID`.
  public init(
    limit: String, lastHour: Double? = nil, lastDay: Double? = nil, day: Sparkline? = nil,
    week: Sparkline? = nil
  ) {
    self.limit = limit
    self.lastHour = lastHour
    self.lastDay = lastDay
    self.day = day
    self.week = week
  }

  var isEmpty: Bool { lastHour == nil && lastDay == nil && day == nil && week == nil }

  /// Usage over time in equal steps: `-` for unknown, else `0` (idle) to `7` (full).
  public struct Sparkline: Equatable, Sendable {
    public static let maximum = 7
    public let steps: String

    /// Nil when `steps` contains anything else.
    public init?(_ steps: String) {
      let isValid = steps.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0)
      }
      guard isValid, !steps.isEmpty, steps.utf8.count <= 64 else { return nil }
      self.steps = steps
    }

    /// - Parameter percentages: 0 to 100 and above; nil for unknown.
    init?(percentages: [Double?]) {
      guard percentages.contains(where: { $0 != nil }) else { return nil }
      let steps = percentages.map { percent -> String in
        guard let percent else { return "-" }
        guard percent > 0 else { return "0" }
        // Rounded up, so that any use shows.
        let height = min(percent, 100) * Double(Self.maximum) / 100
        return "\(Int(height) + (height > Double(Int(height)) ? 1 : 0))"
      }
      self.init(steps.joined())
    }
  }
}
