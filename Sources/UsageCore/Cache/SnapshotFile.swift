/// The cached snapshot: lines of tab-separated fields. The first field is the line's name.
///
/// The first line has format and version, the last one is `end`. A truncated, foreign or older file counts as
/// missing.
/// A custom format, because parsing JSON would take a large part of the time of a cached print.
public enum SnapshotFile {
  private static let header = ["droidbar-usage", "4"]
  private static let footer = ["end"]
  static let limit = 64 * 1024

  /// Nil when the file is missing, larger than 64 KiB, or invalid.
  public static func load(_ path: String) -> Snapshot? {
    guard let bytes = try? BoundedFile.read(path, limit: limit) else { return nil }
    return decode(bytes)
  }

  /// Replaces the file atomically.
  public static func store(_ snapshot: Snapshot, at path: String) throws(FileError) {
    try AtomicFile.write(encode(snapshot), to: path)
  }

  /// The content of the file.
  public static func encode(_ snapshot: Snapshot) -> String {
    var lines = [header, ["account", snapshot.account], ["login", snapshot.loginStamp]]
    if let data = snapshot.data { lines += SnapshotFile.lines(data) }
    if let failure = snapshot.failure { lines.append(line(failure)) }
    return (lines + [footer]).reduce(into: "") { $0 += TabSeparated.line($1) }
  }

  static func decode(_ bytes: [UInt8]) -> Snapshot? {
    guard let lines = TabSeparated.lines(bytes), lines.first == header, lines.last == footer else {
      return nil
    }
    var decoder = SnapshotDecoder()
    for line in lines.dropFirst().dropLast() {
      guard decoder.read(line) else { return nil }
    }
    return decoder.snapshot
  }

  private static func lines(_ data: Snapshot.UsageData) -> [[String]] {
    var lines = [["taken", "\(data.takenAt.seconds)"]]
    if let offset = data.utcOffset {
      lines.append([
        "utc-offset", "\(offset.zone)", "\(offset.seconds)", "\(offset.from.seconds)",
        "\(offset.until.seconds)",
      ])
    }
    if let plan = data.plan { lines.append(["plan", plan]) }
    if let organization = data.organization { lines.append(["organization", organization]) }
    if let compute = data.compute {
      lines.append(["compute", "\(compute.usedSeconds)", "\(compute.limitSeconds)"])
    }
    lines += data.trends.map { line($0) }
    if let local = data.local {
      lines.append(["local", "\(local.until.seconds)"])
      for model in local.models {
        lines.append(["model", model.name, "\(model.count.worked)", "\(model.count.fromCache)"])
      }
    }
    return lines + SnapshotFile.lines(data.usage)
  }

  private static func line(_ trend: Trend) -> [String] {
    let end = trend.forecast?.end
    return [
      "trend", trend.limit, rounded(trend.lastHour), rounded(trend.lastDay),
      trend.day?.steps ?? "", trend.week?.steps ?? "", trend.forecast == nil ? "" : "forecast",
      text(trend.forecast?.percentAtReset?.roundedInteger.map { Int64($0) }),
      rounded(trend.forecast?.probability),
      text(end?.at.seconds), text(end?.earliest.seconds), text(end?.latest.seconds),
      end?.isShown == true ? "shown" : "",
    ]
  }

  /// To hundredths, because many digits take long to parse.
  private static func rounded(_ number: Double?) -> String {
    text(number.flatMap { ($0 * 100).roundedInteger }.map { Double($0) / 100 })
  }

  private static func lines(_ usage: Usage) -> [[String]] {
    var lines: [[String]] = []
    switch usage {
    case .rateLimits(let pools, let extra):
      let allowed = extra.isAllowed.map { $0 ? "yes" : "no" } ?? ""
      lines.append(["rate-limits", text(extra.balanceCents), allowed, extra.preference ?? ""])
      for pool in pools {
        lines.append(["pool", pool.name])
        for window in pool.windows {
          lines.append([
            "window", window.kind.rawValue, text(window.usedPercent),
            text(window.resetsAt?.seconds),
          ])
        }
      }
    case .tokens(let pools, let start, let end):
      lines.append(["allowance", text(start?.seconds), text(end?.seconds)])
      for pool in pools {
        lines.append([
          "tokens", pool.name, "\(pool.usedTokens)", text(pool.allowance), text(pool.usedPercent),
          pool.hasOverage ? "yes" : "no",
        ])
      }
    }
    return lines
  }

  private static func line(_ failure: Snapshot.Failure) -> [String] {
    let detail =
      switch failure.problem {
      case .loading: ""
      case .loggedOut(let why): why.rawValue
      case .rateLimited(let until): "\(until.seconds)"
      case .loginUnreadable(let reason), .forbidden(let reason), .offline(let reason),
        .serviceError(let reason), .config(let reason):
        reason
      }
    return [
      "failure", "\(failure.at.seconds)", "\(failure.count)", "\(failure.retryAt.seconds)",
      failure.hasRetryAfter ? "retry-after" : "", failure.problem.kind.rawValue, detail,
    ]
  }

  private static func text(_ number: Int64?) -> String {
    number.map { "\($0)" } ?? ""
  }

  private static func text(_ number: Double?) -> String {
    number?.decimal ?? ""
  }

  private static func text(_ allowance: Allowance) -> String {
    switch allowance {
    case .tokens(let count): "\(count)"
    case .unlimited: "unlimited"
    case .unknown: ""
    }
  }
}

/// Collects the lines of a snapshot. An invalid line invalidates the file.
private struct SnapshotDecoder {
  private var account: String?
  private var loginStamp: String?
  private var takenAt: Moment?
  private var utcOffset: UTCOffset?
  private var usage: Usage?
  private var plan: String?
  private var organization: String?
  private var compute: ComputeHours?
  private var trends: [Trend] = []
  private var localUntil: Moment?
  private var localModels: [LocalTokens.Model] = []
  private var failure: Snapshot.Failure?

  var snapshot: Snapshot? {
    guard let account, let loginStamp else { return nil }
    var snapshot = Snapshot(account: account, loginStamp: loginStamp, failure: failure)
    if let takenAt, let usage {
      snapshot.data = Snapshot.UsageData(
        takenAt: takenAt, usage: usage, plan: plan, organization: organization, compute: compute,
        trends: trends, local: localUntil.map { LocalTokens(until: $0, models: localModels) },
        utcOffset: utcOffset)
    }
    return snapshot
  }

  /// False for an unknown or invalid line.
  mutating func read(_ line: [String]) -> Bool {
    let fields = line.dropFirst()
    switch (line[0], fields.count) {
    case ("account", 1): account = line[1]
    case ("login", 1): loginStamp = line[1]
    case ("taken", 1): takenAt = Self.moment(line[1])
    case ("utc-offset", 4):
      guard let zone = Int64(line[1]), let seconds = Int64(line[2]),
        UTCOffset.range.contains(seconds), let from = Self.moment(line[3]),
        let until = Self.moment(line[4])
      else { return false }
      utcOffset = UTCOffset(zone: zone, seconds: seconds, from: from, until: until)
    case ("plan", 1): plan = line[1]
    case ("organization", 1): organization = line[1]
    case ("compute", 2):
      guard let used = Int64(line[1]), let limit = Int64(line[2]) else { return false }
      compute = ComputeHours(usedSeconds: used, limitSeconds: limit)
    case ("trend", 12): trends.append(Self.trend(line))
    case ("local", 1): localUntil = Self.moment(line[1])
    case ("model", 3):
      guard let worked = Int64(line[2]), let cached = Int64(line[3]) else { return false }
      localModels.append(
        LocalTokens.Model(name: line[1], count: TokenCount(worked: worked, fromCache: cached)))
    case ("rate-limits", 3):
      let extra = ExtraUsage(
        balanceCents: Int64(line[1]), isAllowed: line[2].isEmpty ? nil : line[2] == "yes",
        preference: line[3].isEmpty ? nil : line[3])
      usage = .rateLimits(pools: [], extra: extra)
    case ("allowance", 2):
      usage = .tokens(
        pools: [], periodStart: Self.moment(line[1]), periodEnd: Self.moment(line[2]))
    case ("pool", 1): return add(RatePool(name: line[1], windows: []))
    case ("window", 3): return addWindow(line)
    case ("tokens", 5): return addTokens(line)
    case ("failure", 6): return readFailure(line)
    default: return false
    }
    return true
  }

  private static func trend(_ line: [String]) -> Trend {
    var end: Forecast.End?
    if let at = moment(line[9]), let earliest = moment(line[10]), let latest = moment(line[11]) {
      end = Forecast.End(
        at: at, earliest: earliest, latest: latest, isShown: line[12] == "shown")
    }
    return Trend(
      limit: line[1], lastHour: number(line[2]), lastDay: number(line[3]),
      day: Trend.Sparkline(line[4]), week: Trend.Sparkline(line[5]),
      forecast: line[6].isEmpty
        ? nil
        : Forecast(percentAtReset: number(line[7]), probability: number(line[8]), end: end))
  }

  private mutating func add(_ pool: RatePool) -> Bool {
    guard case .rateLimits(let pools, let extra)? = usage else { return false }
    usage = .rateLimits(pools: pools + [pool], extra: extra)
    return true
  }

  private mutating func addWindow(_ line: [String]) -> Bool {
    guard case .rateLimits(var pools, let extra)? = usage, !pools.isEmpty,
      let kind = Window.Kind(rawValue: line[1]), let used = Self.number(line[2]),
      line[3].isEmpty || Int64(line[3]) != nil
    else { return false }
    pools[pools.count - 1].windows.append(
      Window(kind: kind, usedPercent: used, resetsAt: Self.moment(line[3])))
    usage = .rateLimits(pools: pools, extra: extra)
    return true
  }

  private mutating func addTokens(_ line: [String]) -> Bool {
    guard case .tokens(let pools, let start, let end)? = usage, let used = Int64(line[2]),
      used >= 0
    else { return false }
    let allowance: Allowance
    switch line[3] {
    case "": allowance = .unknown
    case "unlimited": allowance = .unlimited
    default:
      guard let count = Int64(line[3]) else { return false }
      allowance = .tokens(count)
    }
    guard line[4].isEmpty || Self.number(line[4]) != nil else { return false }
    let pool = TokenPool(
      name: line[1], usedTokens: used, allowance: allowance, usedPercent: Self.number(line[4]),
      hasOverage: line[5] == "yes")
    usage = .tokens(pools: pools + [pool], periodStart: start, periodEnd: end)
    return true
  }

  private mutating func readFailure(_ line: [String]) -> Bool {
    guard let at = Self.moment(line[1]), let count = Int(line[2]),
      let retryAt = Self.moment(line[3]),
      let kind = Problem.Kind(rawValue: line[5]), let problem = Self.problem(kind, line[6])
    else { return false }
    failure = Snapshot.Failure(
      problem: problem, at: at, count: count, retryAt: retryAt,
      hasRetryAfter: line[4] == "retry-after")
    return true
  }

  private static func problem(_ kind: Problem.Kind, _ detail: String) -> Problem? {
    switch kind {
    case .loading: .loading
    case .loggedOut: Problem.LoggedOut(rawValue: detail).map { .loggedOut($0) }
    case .loginUnreadable: .loginUnreadable(reason: detail)
    case .forbidden: .forbidden(reason: detail)
    case .offline: .offline(reason: detail)
    case .rateLimited: moment(detail).map { .rateLimited(until: $0) }
    case .serviceError: .serviceError(reason: detail)
    case .config: .config(reason: detail)
    }
  }

  private static func moment(_ text: String) -> Moment? {
    Int64(text).map { Moment(seconds: $0) }
  }

  /// A finite number that is not negative.
  private static func number(_ text: String) -> Double? {
    Double(decimal: text).flatMap { $0 >= 0 ? $0 : nil }
  }
}
