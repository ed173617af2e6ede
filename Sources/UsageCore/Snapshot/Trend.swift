/// What the history says about one limit. Computed by a refresh and cached, so that a print reads no history.
public struct Trend: Equatable, Sendable {
  /// A `LimitID`.
  public let limit: String
  /// Percentage points per hour over the last hour; nil with too few samples.
  public let lastHour: Double?
  /// Percentage points per hour over the last day; nil with too few samples.
  public let lastDay: Double?
  /// Usage in each of the last 24 hours, the oldest first.
  public let day: Sparkline?
  /// Usage in each quarter of the last 7 days, the oldest first.
  public let week: Sparkline?
  /// Nil without a running window.
  public let forecast: Forecast?

  public init(
    limit: String, lastHour: Double? = nil, lastDay: Double? = nil, day: Sparkline? = nil,
    week: Sparkline? = nil, forecast: Forecast? = nil
  ) {
    self.limit = limit
    self.lastHour = lastHour
    self.lastDay = lastDay
    self.day = day
    self.week = week
    self.forecast = forecast
  }

  var isEmpty: Bool {
    lastHour == nil && lastDay == nil && day == nil && week == nil && forecast == nil
  }

  /// Usage over time in equal steps: `-` for unknown, else `0` (idle) to `7` (full).
  public struct Sparkline: Equatable, Sendable {
    /// The step of a full limit.
    public static let maximum = 7
    /// One character for each step, the oldest first; at most 64.
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
    public init?(percentages: [Double?]) {
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

/// How much of a limit will be used, if the account is used as usual.
public struct Forecast: Equatable, Sendable {
  /// When the limit is used up.
  public struct End: Equatable, Sendable {
    /// The expected time, before the reset.
    public let at: Moment
    /// The limit is probably not used up before this.
    public let earliest: Moment
    /// The limit is probably used up before this.
    public let latest: Moment
    /// Certain enough to be shown.
    public let isShown: Bool

    public init(at: Moment, earliest: Moment, latest: Moment, isShown: Bool) {
      self.at = at
      self.earliest = min(earliest, at)
      self.latest = max(latest, at)
      self.isShown = isShown
    }
  }

  /// The expected percentage at the reset, also above 100; nil before there is a day of history.
  public let percentAtReset: Double?
  /// The probability that the limit is used up before its reset, 0 to 1; at least 0.5 for an end that is shown. Nil
  /// before there is a day of history.
  public let probability: Double?
  /// Nil when the limit is expected to last until its reset.
  public let end: End?

  public init(percentAtReset: Double?, probability: Double?, end: End?) {
    self.percentAtReset = percentAtReset
    self.probability = probability
    self.end = end
  }
}
