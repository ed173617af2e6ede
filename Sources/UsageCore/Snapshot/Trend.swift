/// What the history says of one limit. Reckoned by a refresh and kept beside the figures: a print reads no history.
public struct Trend: Equatable, Sendable {
  /// As in `LimitName`.
  public let limit: String
  /// Points of used an hour, over the last hour and the last day; nil where the samples are too few to say.
  public let lastHour: Double?
  public let lastDay: Double?
  /// The share used in each of the last 24 hours and in each quarter of the last 7 days, oldest first.
  public var day: Course? { Course(known: daySteps) }
  public var week: Course? { Course(known: weekSteps) }

  /// Empty where there is none: an optional course in every limit would cost each print its type.
  private let daySteps: String
  private let weekSteps: String

  public init(
    limit: String, lastHour: Double? = nil, lastDay: Double? = nil, day: Course? = nil,
    week: Course? = nil
  ) {
    self.limit = limit
    self.lastHour = lastHour
    self.lastDay = lastDay
    daySteps = day?.steps ?? ""
    weekSteps = week?.steps ?? ""
  }

  var isEmpty: Bool {
    lastHour == nil && lastDay == nil && daySteps.isEmpty && weekSteps.isEmpty
  }

  /// How a share went, in steps of equal length: `-` where nothing is known, else `0` (idle) to `7` (full).
  public struct Course: Equatable, Sendable {
    public static let highest: UInt8 = 7
    public let steps: String

    /// Nil when `steps` holds anything else.
    public init?(_ steps: some StringProtocol) {
      let isCourse = steps.utf8.allSatisfy {
        $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0)
      }
      guard isCourse, !steps.isEmpty, steps.utf8.count <= 64 else { return nil }
      self.steps = String(steps)
    }

    fileprivate init?(known steps: String) {
      guard !steps.isEmpty else { return nil }
      self.steps = steps
    }

    /// - Parameter shares: 0–100 and beyond; nil where nothing is known.
    init?(shares: [Double?]) {
      guard shares.contains(where: { $0 != nil }) else { return nil }
      let bytes = shares.map { share -> UInt8 in
        guard let share else { return UInt8(ascii: "-") }
        guard share > 0 else { return UInt8(ascii: "0") }
        let step = (min(share, 100) / 100 * Double(Self.highest)).rounded(.up)
        return UInt8(ascii: "0") + UInt8(min(max(step, 1), Double(Self.highest)))
      }
      self.init(String(decoding: bytes, as: UTF8.self))
    }
  }
}
