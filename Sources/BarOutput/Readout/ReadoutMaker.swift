import UsageCore

extension Readout {
  /// Decides what to say of a reading.
  public init(_ reading: Reading, _ presentation: Presentation) {
    let now = reading.now
    var facts = Facts(now: now)
    facts.problem = reading.problem
    facts.sentence = reading.problem.map { ProblemWords.sentence($0, now: now) }
    guard let figures = reading.figures, (reading.ageSeconds ?? 0) <= presentation.maxAgeSeconds
    else {
      self.init(problem: reading.problem ?? .loading, facts: facts, presentation)
      return
    }
    let usage = figures.usage.at(now)
    facts.figures = figures
    facts.isStale = reading.isStale
    facts.limits = Limit.all(of: figures, at: now)
    facts.headline = Self.headline(facts.limits, presentation, now)
    guard let headline = facts.headline else {
      self.init(windowMissing: facts, presentation)
      return
    }
    facts.full = Self.full(facts.limits, beside: headline)
    if presentation.window == Presentation.automaticWindow && facts.full == nil {
      facts.pressing = Self.pressing(facts.limits, beside: headline, presentation.thresholds)
    }
    facts.continuation = facts.full.flatMap { Continuation.after($0, in: usage) }
    let state = State.level(Self.level(of: headline, facts, presentation.thresholds))
    self.init(state: state, facts: facts, presentation)
  }

  private static func tooltip(_ facts: Facts, _ state: State, _ presentation: Presentation)
    -> [StyledLine]
  {
    presentation.hasTooltip
      ? Tooltip(facts: facts, state: state, presentation: presentation).lines : []
  }

  private static func headline(_ limits: [Limit], _ presentation: Presentation, _ now: Moment)
    -> Limit?
  {
    presentation.window == Presentation.automaticWindow
      ? BindingLimit.choose(from: limits, now: now) : limits.first { $0.id == presentation.window }
  }

  /// Standard Usage stops as soon as one of its windows is full, whichever of them the headline is about.
  private static func full(_ limits: [Limit], beside headline: Limit) -> Limit? {
    if headline.isFull { return headline }
    guard headline.isOfStandardUsage else { return nil }
    return BindingLimit.lastFull(of: limits, where: \.isOfStandardUsage).map { limits[$0] }
  }

  /// What stops work first may have much left; a bar does not calm down over it while another has nearly nothing.
  private static func pressing(
    _ limits: [Limit], beside headline: Limit, _ thresholds: Thresholds
  ) -> Limit? {
    guard headline.isOfStandardUsage else { return nil }
    var highest = headline.usedPercent ?? 0
    var place: Int?
    for index in limits.indices where limits[index].isOfStandardUsage {
      guard let used = limits[index].usedPercent, used > highest else { continue }
      (highest, place) = (used, index)
    }
    guard let place, highest >= thresholds.critical,
      headline.usedPercent ?? 0 < thresholds.critical
    else { return nil }
    return limits[place]
  }

  private static func level(of limit: Limit, _ facts: Facts, _ thresholds: Thresholds) -> Level {
    if facts.full != nil { return facts.continuation == nil ? .limited : .critical }
    if facts.pressing != nil { return .critical }
    if limit.isIdle { return .idle }
    return thresholds.level(usedPercent: limit.usedPercent ?? 0)
  }

  private init(state: State, facts: Facts, _ presentation: Presentation) {
    var classes = [state.word]
    if facts.isStale {
      classes.append("stale")
      if let problem = facts.problem { classes.append(problem.kind.rawValue) }
    }
    let values = TemplateValues(facts: facts, state: state, presentation: presentation)
    let headline = Headline(facts: facts, presentation: presentation)
    let shown = facts.headline?.usedPercent.map { values.shownPercent(used: $0) }
    self.init(
      state: state, classes: classes,
      text: presentation.format.map { $0.filled(values.value) }
        ?? presentation.icons.before(headline.text, state),
      shortText: presentation.shortFormat.map { $0.filled(values.value) } ?? headline.shortText,
      tooltip: presentation.tooltipFormat.map {
        $0.filled(values.value).split(separator: "\n", omittingEmptySubsequences: false).map {
          StyledLine(String($0))
        }
      }
        ?? Self.tooltip(facts, state, presentation),
      percentage: shown.map { min($0, 100) },
      color: presentation.colors.of(state, isStale: facts.isStale),
      colors: presentation.colors, facts: facts)
    markup = Markup(
      text: presentation.format?.markup(values.value),
      shortText: presentation.shortFormat?.markup(values.value),
      tooltip: presentation.tooltipFormat?.markup(values.value))
  }

  private init(problem: Problem, facts: Facts, _ presentation: Presentation) {
    var facts = facts
    facts.problem = problem
    facts.sentence = ProblemWords.sentence(problem, now: facts.now)
    let state = State.problem(problem.kind)
    let brief = ProblemWords.brief(problem, now: facts.now)
    // Where there is no tooltip the text is the only place for what is wrong with a configuration.
    let detail = !presentation.hasTooltip && problem.kind == .config ? facts.sentence : nil
    self.init(
      state: state, classes: [state.word],
      text: presentation.icons.before("droid: \(Words.cut(detail ?? brief, bytes: 120))", state),
      shortText: brief, tooltip: Self.tooltip(facts, state, presentation),
      percentage: nil,
      color: presentation.colors.of(state, isStale: false),
      colors: presentation.colors, facts: facts)
  }

  /// The account has no such window: another kind of plan than the person thought.
  private init(windowMissing facts: Facts, _ presentation: Presentation) {
    let known = facts.limits.map(\.id).joined(separator: ", ")
    var facts = facts
    facts.figures = nil
    let has = known.isEmpty ? "it has none" : "it has \(known)"
    self.init(
      problem: .config(reason: "This account has no window '\(presentation.window)': \(has)"),
      facts: facts,
      presentation)
  }
}
