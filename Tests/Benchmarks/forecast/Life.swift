import Foundation
import UsageCore

/// What the service and the bar saw of a persona in three months, and what really happened.
struct Life {
  static let days = 91
  /// The bar asks every ten minutes.
  static let pollMinutes = 10
  /// A Monday at 00:00 UTC, with the end of summer time ahead.
  static let beginning: Int64 = 1_788_134_400

  /// One window from its first use to its reset.
  struct Instance {
    let limit: String
    let start: Int64
    let reset: Int64
    var fullAt: Int64?
    /// The highest percentage that was reported.
    var highest = 0.0
  }

  /// A response of the service.
  struct Poll {
    let at: Int64
    let usage: Usage
    let utcOffset: Int64
    /// The indices of the running windows in `instances`.
    let running: [Int]
  }

  private(set) var instances: [Instance] = []
  private(set) var polls: [Poll] = []

  private let persona: Persona
  private var random: SeededGenerator
  private let offsets: [Int64]

  init(_ persona: Persona, seed: UInt64) {
    self.init(persona, unlived: seed)
    live()
  }

  private init(_ persona: Persona, unlived seed: UInt64) {
    self.persona = persona
    random = SeededGenerator(seed: seed)
    offsets = Self.offsets(of: persona)
  }

  /// The UTC offset at a time, for the time zone in which the person is then.
  func utcOffset(_ at: Int64) -> Int64 {
    let hour = Int((at - Self.beginning) / 3600)
    return offsets[min(max(0, hour), offsets.count - 1)]
  }

  private static func offsets(of persona: Persona) -> [Int64] {
    var zones: [(day: Int, zone: TimeZone)] = [(0, TimeZone(identifier: persona.zone) ?? .gmt)]
    zones += persona.travels.map { ($0.day, TimeZone(identifier: $0.zone) ?? .gmt) }
    return (0..<(days + 40) * 24).map { hour in
      let zone = zones.last { $0.day * 24 <= hour }?.zone ?? .gmt
      return Int64(
        zone.secondsFromGMT(
          for: Date(timeIntervalSince1970: Double(beginning) + Double(hour) * 3600)))
    }
  }

  /// Work, minute by minute, in points of a 5-hour window.
  private mutating func demand() -> (points: [Double], isOn: [Bool]) {
    let minutes = Self.days * 1440
    var points = [Double](repeating: 0, count: minutes)
    var isOn = [Bool](repeating: persona.isAlwaysOn, count: minutes)
    var week = 1.0
    for day in 0..<Self.days {
      if day % 7 == 0 { week = random.logNormal(0.12) }
      let intensity = week * random.logNormal(persona.dayVariation)
      let isHoliday = persona.holidays.contains { $0.contains(day) }
      // Day 0 is a Monday, which is 2 in `Calendar`.
      let weekday = (day + 1) % 7 + 1
      let noon = Self.beginning + Int64(day) * 86_400 + 43_200
      let midnight = Self.beginning + Int64(day) * 86_400 - utcOffset(noon)
      for shift in persona.shifts where shift.weekdays.contains(weekday) {
        guard random.unit() < shift.probability, !isHoliday else { continue }
        let from = shift.from + random.normal() * 0.4
        let to = shift.to + random.normal() * 0.5
        let first = Int((midnight - Self.beginning) / 60) + Int(from * 60)
        let last = Int((midnight - Self.beginning) / 60) + Int(to * 60)
        for minute in max(0, first - 20)..<max(max(0, first - 20), min(minutes, last + 40)) {
          isOn[minute] = true
        }
        var minute = first
        while minute < last {
          let work = Int(random.exponential(persona.workMinutes)) + 5
          let rate = shift.pointsPerHour * intensity * random.logNormal(0.35) / 60
          for busy in minute..<minute + work where busy >= 0 && busy < min(minutes, last) {
            points[busy] += rate
          }
          minute += work + Int(random.exponential(persona.pauseMinutes)) + 2
        }
      }
    }
    return (points, isOn)
  }

  /// The average points of the 5-hour window in each hour of the local week, Monday 00:00 first, without limits,
  /// holidays and journeys.
  static func usualHours(of persona: Persona) -> [Double] {
    var persona = persona
    persona.holidays = []
    persona.travels = []
    let lives = 8
    var hours = [Double](repeating: 0, count: 7 * 24)
    for seed in 0..<UInt64(lives) {
      var life = Life(persona, unlived: seed)
      for (minute, points) in life.demand().points.enumerated() {
        let at = beginning + Int64(minute) * 60
        hours[hourOfWeek(at + life.utcOffset(at))] += points / Double(lives * days / 7)
      }
    }
    return hours
  }

  static func hourOfWeek(_ localSeconds: Int64) -> Int {
    let week: Int64 = 7 * 86_400
    return Int(((localSeconds - beginning) % week + week) % week / 3600)
  }

  private mutating func live() {
    let (points, isOn) = demand()
    var books = persona.allowance.map { [Book.tokens(allowance: $0)] } ?? Book.windows(of: persona)
    var outage = 0
    for minute in 0..<points.count {
      let at = Self.beginning + Int64(minute) * 60
      for index in books.indices { books[index].endWindow(at: at) }
      let isBlocked = books.contains { $0.used >= 100 }
      if points[minute] > 0 && !isBlocked {
        for index in books.indices { use(points[minute], at: at, &books[index]) }
      }
      if minute % Self.pollMinutes == 0 {
        if outage > 0 {
          outage -= 1
        } else if random.unit() < 0.001 {
          outage = Int(random.exponential(9))
        }
        if isOn[minute] && outage == 0 { poll(at: at, books) }
      }
    }
  }

  private mutating func use(_ points: Double, at: Int64, _ book: inout Book) {
    if book.instance == nil {
      let (start, reset) = book.window(at)
      book.instance = instances.count
      book.reset = reset
      instances.append(Instance(limit: book.limit, start: start, reset: reset))
    }
    book.used += points * book.share
    guard let instance = book.instance else { return }
    if book.used >= 100 {
      book.used = 100
      if instances[instance].fullAt == nil { instances[instance].fullAt = at }
    }
    instances[instance].highest = book.used
  }

  private mutating func poll(at: Int64, _ books: [Book]) {
    let running = books.compactMap { $0.instance }
    let usage: Usage
    if persona.allowance != nil, let book = books.first {
      let (start, end) = book.window(at)
      usage = .tokens(
        pools: [
          TokenPool(
            name: TokenPool.standardName, usedTokens: Int64(book.used * 200_000),
            allowance: .tokens(20_000_000), usedPercent: book.used, hasOverage: false)
        ], periodStart: Moment(seconds: start), periodEnd: Moment(seconds: end))
    } else {
      let windows = books.compactMap { book in
        Window.Kind(rawValue: book.limit).map { kind in
          // The service reports whole percentages.
          Window(
            kind: kind, usedPercent: book.used.rounded(.down),
            resetsAt: book.instance == nil ? nil : Moment(seconds: book.reset))
        }
      }
      usage = .rateLimits(
        pools: [RatePool(name: RatePool.standardName, windows: windows)],
        extra: ExtraUsage(balanceCents: 0, isAllowed: false, preference: nil))
    }
    polls.append(Poll(at: at, usage: usage, utcOffset: utcOffset(at), running: running))
  }
}

/// The true use of one limit.
private struct Book {
  let limit: String
  /// Percentage points of this limit for one of the 5-hour window.
  let share: Double
  let seconds: Int64
  let isCalendarMonth: Bool
  var used = 0.0
  var instance: Int?
  var reset: Int64 = 0

  static func windows(of persona: Persona) -> [Book] {
    let week = persona.fiveHourShareOfWeek
    return zip(Window.Kind.allCases, [1, week, week * persona.weekShareOfMonth]).map {
      kind, share in
      Book(limit: kind.rawValue, share: share, seconds: kind.lengthSeconds, isCalendarMonth: false)
    }
  }

  static func tokens(allowance: Double) -> Book {
    Book(
      limit: TokenPool.standardName, share: 100 / allowance, seconds: 30 * 86_400,
      isCalendarMonth: true)
  }

  mutating func endWindow(at: Int64) {
    guard instance != nil, at >= reset else { return }
    instance = nil
    used = 0
  }

  /// A rolling window starts at its first use. A billing period starts on a fixed day.
  func window(_ at: Int64) -> (start: Int64, reset: Int64) {
    guard isCalendarMonth else { return (at, at + seconds) }
    let start = at - (at - Life.beginning) % seconds
    return (start, start + seconds)
  }
}
