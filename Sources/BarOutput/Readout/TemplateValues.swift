import UsageCore

/// The values of the names in templates.
struct TemplateValues {
  let facts: Readout.Facts
  let state: Readout.State
  let presentation: Presentation

  func value(_ name: Template.Name) -> String? {
    switch name.value {
    case "plan": return facts.data?.plan
    case "organization": return facts.data?.organization
    case "age": return facts.age
    case "state": return state.name
    case "problem": return facts.sentence
    default:
      let isHeadline = name.window == nil || name.window == Presentation.automaticWindow
      let limit = isHeadline ? facts.headline : facts.limits.first { $0.id == name.window }
      return limit.flatMap { value(name.value, of: $0) }
    }
  }

  private func value(_ name: String, of limit: Limit) -> String? {
    switch name {
    case "percent": return limit.usedPercent.map { "\(presentation.shownPercent(used: $0))%" }
    case "used":
      return limit.usedTokens.map { Format.tokens($0) }
        ?? limit.usedPercent.map { "\(Format.wholePercent($0))%" }
    case "remaining": return remaining(of: limit)
    case "allowance": return allowance(of: limit)
    case "window": return limit.name
    case "countdown": return limit.resetsAt.map { Format.duration($0.seconds(since: facts.now)) }
    case "resets": return limit.resetsAt.map { presentation.clock($0, facts.now, .time) }
    case "bar":
      let width = presentation.barWidth ?? Presentation.defaultBarWidth
      return limit.usedPercent.map {
        Format.bar(percent: $0, width: width, style: presentation.barStyle)
      }
    case "pace": return limit.pacePoints(at: facts.now).map { signed($0) }
    case "eta":
      return limit.runsOut(at: facts.now).map {
        PaceText(presentation: presentation, now: facts.now).time($0)
      }
    default: return nil
    }
  }

  private func remaining(of limit: Limit) -> String? {
    if let used = limit.usedTokens, case .tokens(let allowance) = limit.allowance {
      return Format.tokens(max(0, allowance - min(max(used, 0), allowance)))
    }
    return limit.usedPercent.map { "\(max(0, 100 - Format.wholePercent($0)))%" }
  }

  private func allowance(of limit: Limit) -> String? {
    switch limit.allowance {
    case .tokens(let count): Format.tokens(count)
    case .unlimited: "unlimited"
    case .unknown, nil: nil
    }
  }

  private func signed(_ points: Double) -> String {
    let rounded = points.roundedInteger ?? 0
    return rounded > 0 ? "+\(rounded)" : "\(rounded)"
  }
}
