import UsageCore

/// Everything that is shown, as final texts, numbers and state. Hosts only format it.
public struct Readout: Sendable {
  /// A level, or why there is no data.
  public enum State: Equatable, Sendable {
    case level(Level)
    case problem(Problem.Kind)

    /// The name in classes, JSON and metrics: `warning`, `logged-out`.
    public var name: String {
      switch self {
      case .level(let level): level.rawValue
      case .problem(let kind): kind.rawValue
      }
    }
  }

  /// Decides colour and class.
  public var state: State
  /// The text in the bar, with label or icon.
  public var text: String
  /// For a bar with little room; without label or icon.
  public var shortText: String
  /// The same for hosts with Pango, when the user's templates contain valid markup.
  public var markup = Markup()
  /// Empty for hosts without a tooltip, unless the user has a template for it.
  public var tooltip: [StyledLine]
  /// 0 to 100, of used or remaining; nil when unknown.
  public var percentage: Int?
  /// The colours of the pieces of the tooltip.
  public var colors: Colors
  /// For hosts with a format of their own.
  public var facts: Facts

  /// Pango markup from the user's templates; nil where there is none or it is invalid.
  public struct Markup: Sendable {
    /// In place of `Readout.text`.
    public var text: String?
    /// In place of `Readout.shortText`.
    public var shortText: String?
    /// In place of `Readout.tooltip`, with line breaks.
    public var tooltip: String?
  }

  /// The state's name, then `stale` and the problem that prevented a refresh.
  public var classes: [String] {
    guard facts.isStale else { return [state.name] }
    return [state.name, "stale"] + (facts.problem.map { [$0.kind.rawValue] } ?? [])
  }

  /// Nil: the bar's own.
  public var color: Color? { colors.color(of: state, isStale: facts.isStale) }

  /// Critical or limited.
  public var isUrgent: Bool {
    state == .level(.critical) || state == .level(.limited)
  }

  /// The numbers behind the texts.
  public struct Facts: Sendable {
    /// The time of the reading.
    public var now: Moment
    /// Nil when a problem is shown instead.
    public var data: Snapshot.UsageData?
    /// In the order in which they are shown.
    public var limits: [Limit] = []
    /// The limit that the text is about.
    public var headline: Limit?
    /// The used-up limit that stops work; not always the one in the headline.
    public var full: Limit?
    /// A limit with a higher level than the one in the headline.
    public var worse: Limit?
    /// What can be used instead of `full`.
    public var fallback: Fallback?
    /// The data is past its TTL and could not be refreshed.
    public var isStale = false
    /// Why there is no data, or no newer data.
    public var problem: Problem?
    /// The problem in a sentence.
    public var sentence: String?
  }
}

extension Readout {
  public init(_ reading: Reading, _ presentation: Presentation) {
    let now = reading.now
    var facts = Facts(now: now)
    facts.problem = reading.problem
    facts.sentence = reading.problem.map {
      ProblemText.sentence($0, now: now, droidHome: presentation.droidHome)
    }
    guard let data = reading.data, (reading.ageSeconds ?? 0) <= presentation.maxAgeSeconds else {
      self.init(problem: reading.problem ?? .loading, facts: facts, presentation)
      return
    }
    facts.data = data
    facts.isStale = reading.isStale
    facts.limits = Limit.all(of: data, at: now)
    facts.headline =
      presentation.window == Presentation.automaticWindow
      ? LimitSelection.automatic(from: facts.limits, now: now)
      : facts.limits.first { $0.id == presentation.window }
    guard let headline = facts.headline else {
      let known = facts.limits.map { $0.id }.joined(separator: ", ")
      let reason =
        "This account has no window '\(presentation.window)'"
        + (known.isEmpty ? "" : "; it has \(known)")
      facts.data = nil
      self.init(problem: .config(reason: reason), facts: facts, presentation)
      return
    }
    facts.full = Self.full(facts.limits, headline: headline)
    facts.fallback = facts.full.flatMap { Fallback.after($0, in: data.usage.at(now)) }
    if facts.full == nil {
      facts.worse = Self.worse(facts.limits, than: headline, presentation.thresholds)
    }
    let state = State.level(Self.level(facts, headline, presentation.thresholds))
    self.init(state: state, facts: facts, presentation)
  }

  /// Standard Usage stops as soon as any of its windows is full, also with another one in the headline.
  private static func full(_ limits: [Limit], headline: Limit) -> Limit? {
    if headline.isFull { return headline }
    guard headline.isStandardUsage else { return nil }
    return LimitSelection.lastFull(of: limits.filter { $0.isStandardUsage })
  }

  /// The limit with the highest percentage, if its level is above the headline's.
  private static func worse(_ limits: [Limit], than headline: Limit, _ thresholds: Thresholds)
    -> Limit?
  {
    guard headline.isStandardUsage else { return nil }
    let level = thresholds.level(usedPercent: headline.usedPercent ?? 0)
    return limits.filter { limit in
      guard limit.isStandardUsage, let used = limit.usedPercent else { return false }
      switch thresholds.level(usedPercent: used) {
      case .critical: return level != .critical
      case .warning: return level == .ok
      default: return false
      }
    }.max { ($0.usedPercent ?? 0) < ($1.usedPercent ?? 0) }
  }

  private static func level(_ facts: Facts, _ headline: Limit, _ thresholds: Thresholds) -> Level {
    if facts.full != nil { return facts.fallback == nil ? .limited : .critical }
    if headline.isIdle && facts.worse == nil { return .idle }
    return thresholds.level(usedPercent: (facts.worse ?? headline).usedPercent ?? 0)
  }

  private init(state: State, facts: Facts, _ presentation: Presentation) {
    let values = TemplateValues(facts: facts, state: state, presentation: presentation)
    let headline = Headline(facts: facts, presentation: presentation)
    let shown = facts.headline?.usedPercent.map { presentation.shownPercent(used: $0) }
    self.init(
      state: state,
      text: presentation.format.map { $0.filled(values.value) }
        ?? Self.labelled(headline.text, state, presentation),
      shortText: presentation.shortFormat.map { $0.filled(values.value) } ?? headline.shortText,
      tooltip: Self.tooltip(facts, presentation, values),
      percentage: shown.map { min($0, 100) },
      colors: presentation.colors, facts: facts)
    markup = Markup(
      text: presentation.format?.markup(values.value),
      shortText: presentation.shortFormat?.markup(values.value),
      tooltip: presentation.tooltipFormat?.markup(values.value))
  }

  private static func labelled(_ text: String, _ state: State, _ presentation: Presentation)
    -> String
  {
    let label = presentation.icons.icon(state) ?? presentation.label
    return ([label, presentation.account ?? ""].filter { !$0.isEmpty } + [text])
      .joined(separator: " ")
  }

  private static func tooltip(
    _ facts: Facts, _ presentation: Presentation, _ values: TemplateValues
  ) -> [StyledLine] {
    if let format = presentation.tooltipFormat {
      return format.filled(values.value).split(separator: "\n", omittingEmptySubsequences: false)
        .map { StyledLine(String($0)) }
    }
    guard presentation.hasTooltip else { return [] }
    return Tooltip(facts: facts, presentation: presentation).lines
  }

  private init(problem: Problem, facts: Facts, _ presentation: Presentation) {
    var facts = facts
    facts.problem = problem
    facts.sentence = ProblemText.sentence(
      problem, now: facts.now, droidHome: presentation.droidHome)
    let state = State.problem(problem.kind)
    let brief = ProblemText.brief(problem, now: facts.now)
    // Without a tooltip, the text is the only place for a configuration error.
    let detail = !presentation.hasTooltip && problem.kind == .config ? facts.sentence : nil
    self.init(
      state: state,
      text: Self.labelled(Format.cut(detail ?? brief, bytes: 120), state, presentation),
      shortText: brief,
      tooltip: presentation.hasTooltip
        ? Tooltip(facts: facts, presentation: presentation).lines : [],
      percentage: nil, colors: presentation.colors, facts: facts)
  }
}
