/// The lines of more than a word or two.
extension SnapshotReader {
  static func moment(_ line: inout ByteLine) -> Moment? {
    line.integer().map { Moment(seconds: $0) }
  }

  mutating func takeTrend(_ line: inout ByteLine) -> Bool {
    let limit = line.text()
    let lastHour = Self.rate(&line)
    let lastDay = Self.rate(&line)
    trends.append(
      Trend(
        limit: limit, lastHour: lastHour, lastDay: lastDay, day: Trend.Course(line.text()),
        week: Trend.Course(line.text())))
    return true
  }

  static func rate(_ line: inout ByteLine) -> Double? {
    line.isEmpty() ? nil : line.double().flatMap { $0 >= 0 ? $0 : nil }
  }

  mutating func takeWindow(_ line: inout ByteLine) -> Bool {
    guard !ratePools.isEmpty, let kind = Window.Kind(rawValue: line.text()),
      let used = line.double()
    else { return false }
    var resetsAt: Moment?
    if !line.isEmpty() {
      resetsAt = Self.moment(&line)
      guard resetsAt != nil else { return false }
    }
    ratePools[ratePools.count - 1].windows.append(
      Window(kind: kind, usedPercent: used, resetsAt: resetsAt))
    return true
  }

  mutating func takeTokens(_ line: inout ByteLine) -> Bool {
    let name = line.text()
    guard let used = line.integer() else { return false }
    let allowed = line.text()
    let allowance: Allowance
    switch allowed {
    case "": allowance = .unknown
    case "unlimited": allowance = .unlimited
    default:
      guard let count = Int64(allowed) else { return false }
      allowance = .tokens(count)
    }
    var percent: Double?
    if !line.isEmpty() {
      percent = line.double()
      guard percent != nil else { return false }
    }
    tokenPools.append(
      TokenPool(
        name: name, usedTokens: used, allowance: allowance, usedPercent: percent,
        hasOverage: line.text() == "yes"))
    return true
  }

  mutating func takeFailure(_ line: inout ByteLine) -> Bool {
    guard let at = Self.moment(&line), let count = line.integer(), let count = Int(exactly: count),
      let retryAt = Self.moment(&line)
    else { return false }
    let asked = line.text()
    guard let kind = Problem.Kind(rawValue: line.text()),
      let problem = Problem(kind, detail: line.text())
    else { return false }
    failure = Snapshot.Failure(
      problem: problem, at: at, count: count, retryAt: retryAt, isSilenceAsked: asked == "asked")
    return true
  }
}

extension Problem {
  fileprivate init?(_ kind: Kind, detail: String) {
    switch kind {
    case .loading: self = .loading
    case .loggedOut:
      guard let why = LoggedOut(rawValue: detail) else { return nil }
      self = .loggedOut(why)
    case .loginUnreadable: self = .loginUnreadable(reason: detail)
    case .forbidden: self = .forbidden(reason: detail)
    case .offline: self = .offline(reason: detail)
    case .rateLimited:
      guard let until = Int64(detail) else { return nil }
      self = .rateLimited(until: Moment(seconds: until))
    case .serviceError: self = .serviceError(reason: detail)
    case .config: self = .config(reason: detail)
    }
  }
}
