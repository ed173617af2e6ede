/// Takes the lines of a snapshot one by one; a line it cannot make sense of spoils the whole.
struct SnapshotReader {
  private var account: String?
  private var loginStamp: String?
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
        : .rateLimits(
          pools: zip(poolNames, poolWindows).map { RatePool(name: $0, windows: $1) }, extra: extra)
      figures = Snapshot.Figures(
        takenAt: takenAt, usage: usage, plan: plan, organization: organization, compute: compute,
        trends: trends, local: localUntil.map { LocalTokens(until: $0, models: localModels) })
    }
    return Snapshot(account: account, loginStamp: loginStamp, figures: figures, failure: failure)
  }

  mutating func take(_ words: [Substring]) -> Bool {
    switch (words[0], words.count) {
    case ("account", 2): account = String(words[1])
    case ("login", 2): loginStamp = String(words[1])
    case ("plan", 2): plan = String(words[1])
    case ("organization", 2): organization = String(words[1])
    case ("taken", 2):
      takenAt = Int64(words[1]).map { Moment(seconds: $0) }
      return takenAt != nil
    case ("usage", 2):
      isTokens = words[1] == "tokens"
      return words[1] == "tokens" || words[1] == "rate-limits"
    case ("compute", 3):
      guard let used = Int64(words[1]), let limit = Int64(words[2]) else { return false }
      compute = ComputeHours(usedSeconds: used, limitSeconds: limit)
    case ("extra", 4):
      extra = ExtraUsage(
        balanceCents: Int64(words[1]), isAllowed: words[2].isEmpty ? nil : words[2] == "yes",
        preference: words[3].isEmpty ? nil : .init(String(words[3])))
    case ("period", 3):
      periodStart = Int64(words[1]).map { Moment(seconds: $0) }
      periodEnd = Int64(words[2]).map { Moment(seconds: $0) }
    case ("pool", 2):
      poolNames.append(String(words[1]))
      poolWindows.append([])
    case ("window", 4): return takeWindow(words)
    case ("tokens", 6): return takeTokens(words)
    case ("trend", 6):
      trends.append(
        Trend(
          limit: String(words[1]), lastHour: Self.rate(words[2]), lastDay: Self.rate(words[3]),
          day: Trend.Course(words[4]), week: Trend.Course(words[5])))
    case ("local", 2):
      localUntil = Int64(words[1]).map { Moment(seconds: $0) }
      return localUntil != nil
    case ("model", 4):
      guard let worked = Int64(words[2]), let cached = Int64(words[3]) else { return false }
      localModels.append(
        LocalTokens.Model(
          name: String(words[1]), count: TokenCount(worked: worked, fromCache: cached)))
    case ("failure", 7): return takeFailure(words)
    default: return false
    }
    return true
  }

  private static func rate(_ word: Substring) -> Double? {
    guard let rate = Double(word), rate.isFinite, rate >= 0 else { return nil }
    return rate
  }

  private mutating func takeWindow(_ words: [Substring]) -> Bool {
    guard !poolWindows.isEmpty, let kind = Window.Kind(rawValue: String(words[1])),
      let used = Double(words[2]), used.isFinite
    else { return false }
    let resetsAt = Int64(words[3]).map { Moment(seconds: $0) }
    guard words[3].isEmpty || resetsAt != nil else { return false }
    poolWindows[poolWindows.count - 1].append(
      Window(kind: kind, usedPercent: used, resetsAt: resetsAt))
    return true
  }

  private mutating func takeTokens(_ words: [Substring]) -> Bool {
    guard let used = Int64(words[2]) else { return false }
    let allowance: Allowance
    switch words[3] {
    case "": allowance = .unknown
    case "unlimited": allowance = .unlimited
    default:
      guard let count = Int64(words[3]) else { return false }
      allowance = .tokens(count)
    }
    let percent = Double(words[4])
    guard words[4].isEmpty || percent?.isFinite == true else { return false }
    tokenPools.append(
      TokenPool(
        name: String(words[1]), usedTokens: used, allowance: allowance, usedPercent: percent,
        hasOverage: words[5] == "yes"))
    return true
  }

  private mutating func takeFailure(_ words: [Substring]) -> Bool {
    guard let at = Int64(words[1]), let count = Int(words[2]), let retryAt = Int64(words[3]),
      let kind = Problem.Kind(rawValue: String(words[5])),
      let problem = Problem(kind, detail: String(words[6]))
    else { return false }
    failure = Snapshot.Failure(
      problem: problem, at: Moment(seconds: at), count: count, retryAt: Moment(seconds: retryAt),
      isSilenceAsked: words[4] == "asked")
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
