/// Forecasts when the limits of one pool will be used up: learns the person's hours from the samples, and walks forward
/// from now. `Tests/Benchmarks/forecast` measures how right it is; its constants were chosen there.
struct Forecaster {
  /// The variance of the use in an hour of work, relative to the square of what is expected.
  private static let hourVariance = 0.3
  /// A working week has about so many hours.
  private static let workingHours = 40.0
  /// How many standard deviations less would have to be used for an end after the reset, before it is shown; and when
  /// it was shown before, so that it stays.
  private static let marginToShow = (short: 0.7, long: 1.0)
  private static let marginToKeep = (short: -0.5, long: -0.3)
  /// An end within this time is shown in any case, if the use continues as in the last minutes.
  private static let imminentHours = 0.75
  private static let lastMinutes: Int64 = 10 * 60
  /// Of an end that is shown.
  private static let leastProbability = 0.5
  /// An end that is less certain than this is not shown. Longer limits than a week may be less certain.
  private static let widestSeconds: (week: Int64, longer: Int64) = (36 * 3600, 4 * 86_400)
  /// A shorter history is not used.
  private static let leastSeconds: Int64 = 86_400
  /// A longer limit is not forecast.
  private static let longestSeconds: Int64 = 400 * 86_400
  /// The ratio between two limits is taken from the newest use of so many points, and is unknown before the least.
  private static let ratioPoints = (least: 3.0, most: 100.0)

  private let pool: [PoolLimit]
  private let unit: PoolLimit
  private let samples: [Sample]
  private let now: Moment
  /// Empty before there is a day of history, which says nothing about hours.
  private let activity: [Activity]
  private let isExperienced: Bool
  /// When work can go on.
  private let resumesAt: Moment
  private let behind: LocalHours
  private let ahead: LocalHours
  private let shortHours: LearnedHours
  private let longHours: LearnedHours
  private let dayVariance: Double

  /// - Parameters:
  ///   - pool: limits that count the same use.
  ///   - samples: the oldest first; the last one is the current one.
  ///   - utcOffset: in seconds.
  init?(pool: [PoolLimit], samples: [Sample], utcOffset: (Moment) -> Int64) {
    let pool = pool.filter { $0.seconds > 0 && $0.seconds <= Self.longestSeconds }
    guard let unit = pool.min(by: { $0.seconds < $1.seconds }), let now = samples.last?.takenAt
    else { return nil }
    self.pool = pool
    self.unit = unit
    self.samples = samples
    self.now = now
    let activity = Activity.all(in: samples, unit: unit.id, pool: pool.map { $0.id })
    isExperienced = activity.reduce(0) { $0 + $1.seconds } >= Self.leastSeconds
    self.activity = isExperienced ? activity : []
    resumesAt = pool.reduce(now) { $1.isFull ? max($0, $1.resetsAt ?? now) : $0 }
    let resets = pool.compactMap { $0.resetsAt }
    let longest = pool.reduce(0) { max($0, $1.seconds) }
    behind = LocalHours(from: now.adding(seconds: -longest), until: now, utcOffset: utcOffset)
    ahead = LocalHours(
      from: resumesAt, until: min(resets.max() ?? now, now.adding(seconds: longest)),
      utcOffset: utcOffset)
    let average = Self.average(self.activity, unit: unit, now: now)
    shortHours = LearnedHours(self.activity.filter { !$0.isBlocked }, average: average)
    let unblocked = self.activity.filter { !$0.isBlockedForLong }
    longHours = LearnedHours(unblocked, average: average)
    dayVariance = longHours.dayVariance(unblocked)
  }

  /// Nil when the limit is used up or not running. `earlier` is the last forecast of the same window.
  func forecast(_ limit: PoolLimit, after earlier: Forecast?) -> Forecast? {
    guard let start = limit.startsAt, let reset = limit.resetsAt, !limit.isFull, start < now,
      reset > now
    else { return nil }
    let scale = scale(limit)
    guard scale > 0 else { return nil }
    let expected = expectedUse(limit)
    let remaining = (100 - limit.likelyPercent) / scale
    let use = expected.use(remaining, until: reset)
    let spread = spread(limit, remaining: remaining)
    let percent = isExperienced ? limit.usedPercent + use.points * scale : nil
    let likely =
      isExperienced ? Self.probability(deviations: (use.points / remaining - 1) / spread) : nil
    if let soon = soon(limit, remaining: remaining), soon < reset {
      let latest = min(reset, soon.adding(seconds: soon.seconds(since: now)))
      return Forecast(
        percentAtReset: percent.map { max($0, 100) },
        probability: likely.map { max($0, Self.leastProbability) },
        end: .init(at: soon, earliest: soon, latest: latest, isShown: true))
    }

    let wasShown = earlier?.end?.isShown ?? false
    let margins = wasShown ? Self.marginToKeep : Self.marginToShow
    let margin = max(0.2, 1 + (limit.isShort ? margins.short : margins.long) * spread)
    let withMargin = expected.use(remaining * margin, until: reset).at
    // What was shown stays for a while, also when it has become a little less likely.
    guard let at = use.at ?? (wasShown ? withMargin : nil) else {
      return percent.map { Forecast(percentAtReset: $0, probability: likely, end: nil) }
    }
    let earliest = expected.use(remaining / (1 + spread), until: reset).at ?? at
    let latest = expected.use(remaining * (1 + spread), until: reset).at ?? reset
    let width = latest.seconds(since: earliest)
    // On the first day, a 5-hour window is only forecast once it will run out soon.
    let isLikely = withMargin != nil && (isExperienced || !limit.isShort || wasShown)
    let widest =
      limit.seconds <= 7 * 86_400 ? Self.widestSeconds.week : Self.widestSeconds.longer
    let isShown = isLikely && width <= (wasShown ? 2 : 1) * widest
    return Forecast(
      percentAtReset: percent,
      probability: likely.map { isShown ? max($0, Self.leastProbability) : $0 },
      end: .init(at: at, earliest: earliest, latest: latest, isShown: isShown))
  }

  /// Points of the unit in each hour of the local week; nil before there is a day of history.
  var learnedWeek: [Double]? { isExperienced ? shortHours.pointsPerHour : nil }

  private func hours(for limit: PoolLimit) -> LearnedHours {
    limit.isShort ? shortHours : longHours
  }

  private func expectedUse(_ limit: PoolLimit) -> ExpectedUse {
    var expected = ExpectedUse(ahead: ahead, learned: hours(for: limit))
    if resumesAt == now { expected.present = presentRate(over: 3600) }
    guard !limit.isShort else { return expected }
    // A shorter window that is used up on the way delays the rest. Those of a few hours are in the learned hours.
    if let other = pool.first(where: { !$0.isShort && $0.seconds < limit.seconds }),
      let reset = other.resetsAt
    {
      let scale = scale(other)
      if scale > 0 {
        expected.cap = .init(
          remaining: max(0, 100 - other.usedPercent) / scale, whole: 100 / scale, resetsAt: reset,
          seconds: other.seconds)
      }
    }
    return expected
  }

  /// Points of the limit for one of the unit: the ratio in the samples, else that of the current window.
  private func scale(_ limit: PoolLimit) -> Double {
    if limit.id == unit.id { return 1 }
    guard let start = limit.startsAt else { return 0 }
    var points = 0.0
    var units = 0.0
    for index in samples.indices.dropFirst().reversed() {
      if points >= Self.ratioPoints.most { break }
      let (earlier, later) = (samples[index - 1], samples[index])
      guard let before = earlier.share(of: limit.id), let after = later.share(of: limit.id),
        let unitBefore = earlier.share(of: unit.id), let unitAfter = later.share(of: unit.id)
      else { continue }
      points += after.increase(since: before)
      units += unitAfter.increase(since: unitBefore)
    }
    if isExperienced, units > 0, points >= Self.ratioPoints.least { return points / units }
    // On the first day, the use so far counts as that of a whole day.
    let from = min(start, now.adding(seconds: -86_400))
    let learned = hours(for: limit)
    let expected = behind.hours.reduce(0) {
      $0 + learned.pointsPerHour[$1.ofWeek] * $1.length(from: from, until: now)
    }
    return expected > 0 ? limit.usedPercent / expected : 0
  }

  /// Points of the unit per hour. The first use counts as that of a whole day.
  private static func average(_ activity: [Activity], unit: PoolLimit, now: Moment) -> Double {
    var points = 0.0
    var seconds = 0.0
    for one in activity where !one.isBlocked {
      points += one.points
      seconds += Double(one.seconds)
    }
    if points > 0 { return points / max(seconds, 86_400) * 3600 }
    let average = averageOfWindow(unit, now: now)
    return average > 0 ? average : 1
  }

  /// Points per hour since the window started; 0 when it is not running.
  private static func averageOfWindow(_ limit: PoolLimit, now: Moment) -> Double {
    guard let start = limit.startsAt, start < now else { return 0 }
    // The first percent after a few seconds says nothing about a rate.
    return limit.usedPercent / Double(max(lastMinutes, now.seconds(since: start))) * 3600
  }

  /// Points of the unit per hour in the last `seconds`. Without a history, the average of its current window.
  private func presentRate(over seconds: Int64) -> Double {
    guard isExperienced else { return Self.averageOfWindow(unit, now: now) }
    let from = now.adding(seconds: -seconds)
    let points = activity.reduce(0) { points, one in
      let inside = max(0, one.end.seconds(since: max(from, one.from)))
      return points + one.points * Double(inside) / Double(one.seconds)
    }
    return points / Double(seconds) * 3600
  }

  /// When the limit is used up if the use continues as in the last minutes; nil if that is not soon.
  private func soon(_ limit: PoolLimit, remaining: Double) -> Moment? {
    guard resumesAt == now else { return nil }
    let rate = presentRate(over: Self.lastMinutes)
    guard rate > 0, rate * Self.imminentHours >= remaining else { return nil }
    return Moment(exactly: Double(now.seconds) + remaining / rate * 3600)
  }

  /// The standard deviation of the time until the limit is used up, relative to it.
  private func spread(_ limit: PoolLimit, remaining: Double) -> Double {
    let learned = hours(for: limit)
    if limit.isShort {
      let pointsPerHour = max(0.5, learned.pointsPerDay * 7 / Self.workingHours)
      return Self.squareRoot(Self.hourVariance / max(0.2, remaining / pointsPerHour))
    }
    let days = max(0.3, remaining / max(0.01, learned.pointsPerDay))
    let observedDays = max(0.3, learned.observedHours / 24)
    return Self.squareRoot(dayVariance / days + dayVariance / observedDays)
  }

  /// Roughly the probability that a normally distributed value is at most so many standard deviations above its mean.
  private static func probability(deviations: Double) -> Double {
    let deviations = min(max(deviations, -1000), 1000)
    return 0.5 + 0.5 * deviations / squareRoot(1 + deviations * deviations)
  }

  /// By Newton's method, because the C library's is in libm, which nothing else needs.
  private static func squareRoot(_ number: Double) -> Double {
    var root = max(number, 1)
    for _ in 0..<30 { root = (root + number / root) / 2 }
    return root
  }
}

extension PoolLimit {
  fileprivate var startsAt: Moment? { resetsAt?.adding(seconds: -seconds) }
  /// Nights do not count.
  fileprivate var isShort: Bool { seconds <= 86_400 }
  fileprivate var isFull: Bool { usedPercent >= 100 }
  /// Whole percentages are rounded down: the true one is half a point higher on average.
  fileprivate var likelyPercent: Double {
    usedPercent.roundedInteger.map { Double($0) } == usedPercent ? usedPercent + 0.5 : usedPercent
  }
}
