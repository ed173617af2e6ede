/// Spells a snapshot as lines; `SnapshotReader` is its other half.
struct SnapshotLines {
  private(set) var all: [String] = []

  mutating func add(_ words: String...) {
    all.append(words.map(Self.oneWord).joined(separator: "\t"))
  }

  mutating func add(_ figures: Snapshot.Figures) {
    add("taken", "\(figures.takenAt.seconds)")
    if let plan = figures.plan { add("plan", plan) }
    if let organization = figures.organization { add("organization", organization) }
    if let compute = figures.compute {
      add("compute", "\(compute.usedSeconds)", "\(compute.limitSeconds)")
    }
    for trend in figures.trends {
      add(
        "trend", trend.limit, Self.spell(trend.lastHour), Self.spell(trend.lastDay),
        trend.day?.steps ?? "", trend.week?.steps ?? "")
    }
    if let local = figures.local {
      add("local", "\(local.until.seconds)")
      for model in local.models {
        add("model", model.name, "\(model.count.worked)", "\(model.count.fromCache)")
      }
    }
    switch figures.usage {
    case .rateLimits(let pools, let extra):
      add("usage", "rate-limits")
      add(
        "extra", Self.spell(extra.balanceCents), extra.isAllowed.map { $0 ? "yes" : "no" } ?? "",
        extra.preference?.word ?? "")
      for pool in pools {
        add("pool", pool.name)
        for window in pool.windows {
          add(
            "window", window.kind.rawValue, "\(window.usedPercent)",
            Self.spell(window.resetsAt?.seconds))
        }
      }
    case .tokens(let pools, let start, let end):
      add("usage", "tokens")
      add("period", Self.spell(start?.seconds), Self.spell(end?.seconds))
      for pool in pools {
        add(
          "tokens", pool.name, "\(pool.usedTokens)", Self.spell(pool.allowance),
          pool.usedPercent.map { "\($0)" } ?? "", pool.hasOverage ? "yes" : "no")
      }
    }
  }

  mutating func add(_ failure: Snapshot.Failure) {
    add(
      "failure", "\(failure.at.seconds)", "\(failure.count)", "\(failure.retryAt.seconds)",
      failure.isSilenceAsked ? "asked" : "", failure.problem.kind.rawValue,
      Self.detail(of: failure.problem))
  }

  private static func detail(of problem: Problem) -> String {
    switch problem {
    case .loading: ""
    case .loggedOut(let why): why.rawValue
    case .rateLimited(let until): "\(until.seconds)"
    case .loginUnreadable(let reason), .forbidden(let reason), .offline(let reason),
      .serviceError(let reason),
      .config(let reason):
      reason
    }
  }

  private static func spell(_ number: Int64?) -> String {
    number.map { "\($0)" } ?? ""
  }

  /// A rate; its thousandths say nothing.
  private static func spell(_ rate: Double?) -> String {
    rate.map { "\(($0 * 1000).rounded() / 1000)" } ?? ""
  }

  private static func spell(_ allowance: Allowance) -> String {
    switch allowance {
    case .tokens(let count): "\(count)"
    case .unlimited: "unlimited"
    case .unknown: ""
    }
  }

  /// A word never ends its line or its column, whoever wrote it.
  private static func oneWord(_ word: String) -> String {
    guard word.utf8.contains(where: { $0 < 0x20 }) else { return word }
    return String(decoding: word.utf8.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
  }
}
