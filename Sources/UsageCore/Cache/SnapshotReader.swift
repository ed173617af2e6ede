/// Takes the lines of a snapshot one by one; a line it cannot make sense of spoils the whole.
struct SnapshotReader {
  private var account: String?
  private var loginStamp: String?
  private var folder = FolderStamp(fingerprint: "", present: 0)
  private var takenAt: Moment?
  private var plan: String?
  private var organization: String?
  private var compute: ComputeHours?
  var trends: [Trend] = []
  private var localUntil: Moment?
  private var localModels: [LocalTokens.Model] = []
  private var isTokens: Bool?
  private var extra = ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil)
  var ratePools: [RatePool] = []
  var tokenPools: [TokenPool] = []
  private var periodStart: Moment?
  private var periodEnd: Moment?
  var failure: Snapshot.Failure?

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
    snapshot.folderStamp = folder
    return snapshot
  }

  mutating func take(_ line: inout ByteLine) -> Bool {
    if line.begins(with: "window", count: 4) { return takeWindow(&line) }
    if line.begins(with: "pool", count: 2) {
      ratePools.append(RatePool(name: line.text(), windows: []))
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
      folder = FolderStamp(fingerprint: fingerprint, present: present)
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
}
