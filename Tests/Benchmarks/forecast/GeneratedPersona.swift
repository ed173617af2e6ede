extension Persona {
  /// Random people for choosing rules and constants, so that these do not only suit the named ones.
  static let generated: [Persona] = (0..<50).map { generate(UInt64($0)) }

  private static let zones = [
    "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo",
    "Australia/Sydney", "Europe/London", "America/Sao_Paulo",
  ]

  private static func generate(_ number: UInt64) -> Persona {
    var random = SeededGenerator(seed: 7_000 + number)
    let shifts: [Shift]
    let kind: String
    switch number % 10 {
    case 0...5:
      kind = "workdays"
      shifts = office(&random)
    case 6...7:
      kind = "every day"
      let from = random.between(7, 20)
      shifts = [
        Shift(
          weekdays: everyDay, from: from, to: from + random.between(5, 12),
          probability: random.between(0.7, 1), pointsPerHour: random.between(15, 30))
      ]
    case 8:
      kind = "no pattern"
      shifts = [7.0, 12.5, 18.5].map {
        Shift(
          weekdays: everyDay, from: $0, to: $0 + random.between(4, 6.5),
          probability: random.between(0.25, 0.5), pointsPerHour: random.between(18, 28))
      }
    default:
      kind = "leisure"
      shifts = leisure(&random)
    }
    var persona = Persona(name: "\(number) \(kind)", zone: random.element(zones), shifts: shifts)
    if random.unit() < 0.4 {
      persona.dayVariation = random.between(0.2, 0.7)
      persona.workMinutes = random.between(25, 90)
      persona.pauseMinutes = random.between(20, 60)
    }
    if random.unit() < 0.4 {
      let day = Int(random.between(14, 75))
      persona.holidays = [day..<day + Int(random.between(3, 11))]
    }
    if random.unit() < 0.25 {
      let day = Int(random.between(7, 60))
      persona.travels = [
        (day, random.element(zones)), (day + Int(random.between(4, 15)), persona.zone),
      ]
    }
    // A usual week uses between half of a weekly window and two and a half.
    let points = shifts.reduce(0) {
      $0 + Double($1.weekdays.count) * ($1.to - $1.from) * $1.probability * $1.pointsPerHour
    }
    let busy = persona.workMinutes / (persona.workMinutes + persona.pauseMinutes)
    let share = 100 * random.between(0.5, 2.5) / (points * busy)
    persona.fiveHourShareOfWeek = min(max(share, 0.12), 0.36)
    persona.weekShareOfMonth = random.between(0.21, 0.3)
    return persona
  }

  private static func office(_ random: inout SeededGenerator) -> [Shift] {
    let days = random.unit() < 0.6 ? workdays : random.some(of: workdays, least: 3)
    let from = random.between(7, 11)
    var shifts = [
      Shift(
        weekdays: days, from: from, to: from + random.between(5, 10),
        probability: random.unit() < 0.5 ? 1 : random.between(0.7, 1),
        pointsPerHour: random.between(14, 36))
    ]
    if random.unit() < 0.35 {
      shifts.append(
        Shift(
          weekdays: random.some(of: everyDay, least: 2), from: 20, to: random.between(22, 24.5),
          probability: random.between(0.4, 0.9), pointsPerHour: random.between(14, 28)))
    }
    return shifts
  }

  private static func leisure(_ random: inout SeededGenerator) -> [Shift] {
    [
      Shift(
        weekdays: random.some(of: weekend, least: 1), from: random.between(8, 12),
        to: random.between(18, 23), probability: random.between(0.75, 1),
        pointsPerHour: random.between(16, 26)),
      Shift(
        weekdays: random.some(of: workdays, least: 1), from: random.between(18, 20),
        to: random.between(22, 25), probability: random.between(0.4, 0.8),
        pointsPerHour: random.between(14, 24)),
    ]
  }
}

extension SeededGenerator {
  fileprivate mutating func between(_ least: Double, _ most: Double) -> Double {
    least + (most - least) * unit()
  }

  fileprivate mutating func element<T>(_ all: [T]) -> T {
    all[min(all.count - 1, Int(unit() * Double(all.count)))]
  }

  /// At least so many of them.
  fileprivate mutating func some(of days: Set<Int>, least: Int) -> Set<Int> {
    var chosen = days.sorted()
    let count = Int(between(Double(least), Double(days.count) + 1))
    while chosen.count > max(least, count) { chosen.remove(at: Int(unit() * Double(chosen.count))) }
    return Set(chosen)
  }
}
