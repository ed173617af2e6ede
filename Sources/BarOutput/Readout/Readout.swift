import UsageCore

/// Everything decided: the words, the numbers and the level of one reading. A host only spells it.
public struct Readout: Equatable, Sendable {
  public enum State: Equatable, Sendable {
    case level(Level)
    case problem(Problem.Kind)

    public var word: String {
      switch self {
      case .level(let level): level.rawValue
      case .problem(let kind): kind.rawValue
      }
    }
  }

  public var state: State
  /// The first is the state's word; `stale` and the problem that stopped the renewal follow.
  public var classes: [String]
  public var text: String
  public var shortText: String
  /// The same where a person's own template has tags of Pango; for hosts that read it.
  public var markup = Markup()
  /// Lines of equal columns for a fixed-width font.
  public var tooltip: [StyledLine]
  /// 0–100, of used or of remaining; nil without a figure.
  public var percentage: Int?
  /// Nil: the bar's own.
  public var color: Color?
  /// For hosts that set pieces of the tooltip apart.
  public var colors: Colors
  /// What hosts that print numbers need.
  public var facts: Facts

  public struct Markup: Equatable, Sendable {
    public var text: String?
    public var shortText: String?
    public var tooltip: String?
  }

  /// Critical and limited want to be seen.
  public var isUrgent: Bool {
    state == .level(.critical) || state == .level(.limited)
  }

  public struct Facts: Equatable, Sendable {
    public var now: Moment
    public var figures: Snapshot.Figures?
    public var limits: [Limit] = []
    public var headline: Limit?
    /// What stands in the way of work: the headline's limit, or another of its pool when a person chose the headline.
    public var full: Limit?
    /// A limit that is nearly full while the headline is about another, which will be full sooner.
    public var pressing: Limit?
    /// What a full limit leaves to go on with.
    public var continuation: Continuation?
    public var isStale = false
    public var problem: Problem?
    /// The problem as a sentence.
    public var sentence: String?

    public init(now: Moment) {
      self.now = now
    }
  }
}
