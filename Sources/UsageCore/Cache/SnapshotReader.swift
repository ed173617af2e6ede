/// Takes the lines of a snapshot one by one; a line it cannot make sense of spoils the whole.
struct SnapshotReader {
  private var account: String?
  private var loginStamp: String?
  private var folderStamp: FolderStamp?
  private var takenAt: Moment?
  private var plan: String?
  private var organization: String?
  private var compute: ComputeHours?
  private var trends: [Trend] = []
  private var localUntil: Moment?
  private var localModels: [LocalTokens.Model] = []
  private var isTokens: Bool?
  private var extra = ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)
  private var poolNames: [String] = []
  private var poolWindows: [[Window]] = []
  private var tokenPools: [TokenPool] = []
  private var periodStart: Moment?
  private var periodEnd: Moment?
  private var failure: Snapshot.Failure?

  var snapshot: Snapshot? {
    guard let account, let loginStamp else { return nil }
    var figures: Snapshot.Figures?
    if let takenAt, let isTokens {
      let usage: Usage =
        isTokens
        ? .tokens(pools: tokenPools, periodStart: periodStart, periodEnd: periodEnd)
        : .rateLimits(pools: ratePools, extra: extra)
      figures = Snapshot.Figures(
        takenAt: takenAt, usage: usage, plan: plan, organization: organization, compute: compute,
        trends: trends, local: localUntil.map { LocalTokens(until: $0, models: localModels) })
    }
    var snapshot = Snapshot(
      account: account, loginStamp: loginStamp, figures: figures, failure: failure)
    snapshot.folderStamp = folderStamp
    return snapshot
  }

  private var ratePools: [RatePool] {
    var pools: [RatePool] = []
    for (place, name) in poolNames.enumerated() {
      pools.append(RatePool(name: name, windows: poolWindows[place]))
    }
    return pools
  }

  mutating func take(_ line: inout ByteLine) -> Bool {
    if line.begins(with: "window", count: 4) { return takeWindow(&line) }
    if line.begins(with: "pool", count: 2) {
      poolNames.append(line.text())
      poolWindows.append([])
      return true
    }
    if line.begins(with: "trend", count: 6) { return takeTrend(&line) }
    return takeAccount(&line) ?? takeUsage(&line) ?? takeMore(&line) ?? false
  }

  /// Nil for a line of another name.
  private mutating func takeAccount(_ line: inout ByteLine) -> Bool? {
    if line.begins(with: "account", count: 2) {
      account = line.text()
    } else if line.begins(with: "login", count: 2) {
      loginStamp = line.text()
    } else if line.begins(with: "folder", count: 3) {
      let fingerprint = line.text()
      guard let present = line.integer(), let present = UInt8(exactly: present) else {
        return false
      }
      folderStamp = FolderStamp(fingerprint: fingerprint, present: present)
    } else if line.begins(with: "plan", count: 2) {
      plan = line.text()
    } else if line.begins(with: "organization", count: 2) {
      organization = line.text()
    } else if line.begins(with: "taken", count: 2) {
      takenAt = Self.moment(&line)
      return takenAt != nil
    } else {
      return nil
    }
    return true
  }

  private mutating func takeUsage(_ line: inout ByteLine) -> Bool? {
    if line.begins(with: "usage", count: 2) {
      let kind = line.text()
      isTokens = kind == "tokens"
      return kind == "tokens" || kind == "rate-limits"
    } else if line.begins(with: "extra", count: 4) {
      let cents = line.integer()
      let allowed = line.text()
      let preference = line.text()
      extra = ExtraUsage(
        balanceCents: cents, isAllowed: allowed.isEmpty ? nil : allowed == "yes",
        preference: preference.isEmpty ? nil : .init(preference))
    } else if line.begins(with: "period", count: 3) {
      periodStart = Self.moment(&line)
      periodEnd = Self.moment(&line)
    } else if line.begins(with: "tokens", count: 6) {
      return takeTokens(&line)
    } else {
      return nil
    }
    return true
  }

  private mutating func takeMore(_ line: inout ByteLine) -> Bool? {
    if line.begins(with: "compute", count: 3) {
      guard let used = line.integer(), let limit = line.integer() else { return false }
      compute = ComputeHours(usedSeconds: used, limitSeconds: limit)
    } else if line.begins(with: "local", count: 2) {
      localUntil = Self.moment(&line)
      return localUntil != nil
    } else if line.begins(with: "model", count: 4) {
      let name = line.text()
      guard let worked = line.integer(), let cached = line.integer() else { return false }
      localModels.append(
        LocalTokens.Model(name: name, count: TokenCount(worked: worked, fromCache: cached)))
    } else if line.begins(with: "failure", count: 7) {
      return takeFailure(&line)
    } else {
      return nil
    }
    return true
  }

  private static func moment(_ line: inout ByteLine) -> Moment? {
    line.integer().map { Moment(seconds: $0) }
  }

  private mutating func takeTrend(_ line: inout ByteLine) -> Bool {
    let limit = line.text()
    let lastHour = Self.rate(&line)
    let lastDay = Self.rate(&line)
    trends.append(
      Trend(
        limit: limit, lastHour: lastHour, lastDay: lastDay, day: Trend.Course(line.text()),
        week: Trend.Course(line.text())))
    return true
  }

  private static func rate(_ line: inout ByteLine) -> Double? {
    line.isEmpty() ? nil : line.double().flatMap { $0 >= 0 ? $0 : nil }
  }

  private mutating func takeWindow(_ line: inout ByteLine) -> Bool {
    guard !poolWindows.isEmpty, let kind = Window.Kind(rawValue: line.text()),
      let used = line.double()
    else { return false }
    var resetsAt: Moment?
    if !line.isEmpty() {
      resetsAt = Self.moment(&line)
      guard resetsAt != nil else { return false }
    }
    poolWindows[poolWindows.count - 1].append(
      Window(kind: kind, usedPercent: used, resetsAt: resetsAt))
    return true
  }

  private mutating func takeTokens(_ line: inout ByteLine) -> Bool {
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

  private mutating func takeFailure(_ line: inout ByteLine) -> Bool {
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
