import UsageCore

/// What the names in a template stand for.
struct TemplateValues {
  let facts: Readout.Facts
  let state: Readout.State
  let presentation: Presentation

  func value(_ name: Template.Name) -> String? {
    switch name.value {
    case "plan": return facts.figures?.plan
    case "organization": return facts.figures?.organization
    case "age": return facts.ageWords
    case "state": return state.word
    case "problem": return facts.sentence
    default:
      let limit = name.window.flatMap { id in
        id == Presentation.automaticWindow ? facts.headline : facts.limits.first { $0.id == id }
      }
      guard let limit = name.window == nil ? facts.headline : limit else { return nil }
      return value(name.value, of: limit)
    }
  }

  private func value(_ name: String, of limit: Limit) -> String? {
    switch name {
    case "percent": return limit.usedPercent.map { "\(shownPercent(used: $0))%" }
    case "used":
      return limit.usedTokens.map(Words.tokens)
        ?? limit.usedPercent.map { "\(Words.wholePercent($0))%" }
    case "remaining": return remaining(of: limit)
    case "allowance": return allowance(of: limit)
    case "window": return limit.shortTitle ?? limit.id
    case "countdown": return limit.resetsAt.map { Words.duration($0.seconds(since: facts.now)) }
    case "resets": return limit.resetsAt.map { presentation.clock($0, facts.now) }
    case "bar":
      let width = presentation.barWidth ?? Presentation.usualBarWidth
      return limit.usedPercent.map { Words.bar(percent: $0, width: width) }
    case "pace": return Projection(of: limit, now: facts.now).map { signed($0.pacePoints) }
    case "eta":
      return Projection(of: limit, now: facts.now)?.runsOutAt.map {
        presentation.clock($0, facts.now)
      }
    default: return nil
    }
  }

  /// Of used or of remaining, as the person chose.
  func shownPercent(used: Double) -> Int {
    let percent = Words.wholePercent(used)
    return presentation.share == .used ? percent : max(0, 100 - percent)
  }

  private func remaining(of limit: Limit) -> String? {
    if let used = limit.usedTokens, case .tokens(let allowance) = limit.allowance {
      return Words.tokens(max(0, allowance - min(used, allowance)))
    }
    return limit.usedPercent.map { "\(max(0, 100 - Words.wholePercent($0)))%" }
  }

  private func allowance(of limit: Limit) -> String? {
    switch limit.allowance {
    case .tokens(let count): Words.tokens(count)
    case .unlimited: "unlimited"
    case .unknown, nil: nil
    }
  }

  private func signed(_ points: Double) -> String {
    let rounded = Int(points.rounded())
    return rounded > 0 ? "+\(rounded)" : "\(rounded)"
  }
}
