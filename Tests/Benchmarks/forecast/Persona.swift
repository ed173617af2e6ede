import Foundation

/// How somebody uses droid: when, how much, and on which plan.
struct Persona: Sendable {
  /// A part of the day in which the person usually works.
  struct Shift: Sendable {
    /// 1 is Sunday, as in `Calendar`.
    var weekdays: Set<Int>
    /// Hours of the local day. An end above 24 is after midnight.
    var from: Double
    var to: Double
    /// The probability of working then.
    var probability = 1.0
    /// Points of the 5-hour window in an hour of work.
    var pointsPerHour: Double
  }

  static let workdays: Set<Int> = [2, 3, 4, 5, 6]
  static let weekend: Set<Int> = [1, 7]
  static let everyDay: Set<Int> = [1, 2, 3, 4, 5, 6, 7]

  var name: String
  var zone = "Europe/Berlin"
  /// Later zones, each from a day on.
  var travels: [(day: Int, zone: String)] = []
  var shifts: [Shift]
  /// Days without work.
  var holidays: [Range<Int>] = []
  /// Of the logarithm of a day's intensity.
  var dayVariation = 0.25
  /// Minutes of uninterrupted work, and of the pauses between, on average.
  var workMinutes = 40.0
  var pauseMinutes = 20.0
  /// How much of a weekly window one full 5-hour window is, and of a monthly one a full week.
  var fiveHourShareOfWeek = 0.18
  var weekShareOfMonth = 0.2625
  /// The bar runs all day, not only around work.
  var isAlwaysOn = false
  /// A token allowance for a month instead of rate limits; its size in points of a 5-hour window.
  var allowance: Double?
}

extension Persona {
  /// For choosing rules and constants.
  static let tuning: [Persona] = [
    Persona(
      name: "steady worker",
      shifts: [Shift(weekdays: workdays, from: 9, to: 17.5, pointsPerHour: 17.5)]),
    Persona(
      name: "sprinter", zone: "America/New_York",
      shifts: [
        Shift(weekdays: workdays, from: 9.5, to: 18, probability: 0.7, pointsPerHour: 37.5)
      ],
      dayVariation: 0.7, workMinutes: 90, pauseMinutes: 60, fiveHourShareOfWeek: 0.24),
    Persona(
      name: "day-and-night jobs", zone: "UTC",
      shifts: [Shift(weekdays: everyDay, from: 0, to: 24, pointsPerHour: 7.5)],
      dayVariation: 0.2, workMinutes: 25, pauseMinutes: 35, fiveHourShareOfWeek: 0.12,
      weekShareOfMonth: 0.21, isAlwaysOn: true),
    Persona(
      name: "weekend hacker", zone: "Europe/London",
      shifts: [
        Shift(weekdays: weekend, from: 11, to: 23, probability: 0.85, pointsPerHour: 22.5),
        Shift(weekdays: [4], from: 20, to: 22.5, probability: 0.4, pointsPerHour: 15),
      ], fiveHourShareOfWeek: 0.36, weekShareOfMonth: 0.3),
    Persona(
      name: "light user", zone: "Europe/Madrid",
      shifts: [Shift(weekdays: workdays, from: 10, to: 16, probability: 0.6, pointsPerHour: 5)],
      dayVariation: 0.6),
    Persona(
      name: "traveller", zone: "America/Los_Angeles",
      travels: [
        (12, "Europe/Paris"), (26, "America/Los_Angeles"), (45, "Asia/Tokyo"),
        (58, "America/Los_Angeles"),
      ],
      shifts: [Shift(weekdays: workdays, from: 8, to: 18, probability: 0.9, pointsPerHour: 18.75)],
      fiveHourShareOfWeek: 0.216),
    Persona(
      name: "token plan", zone: "Europe/Rome",
      shifts: [Shift(weekdays: workdays, from: 9, to: 18, pointsPerHour: 15)],
      dayVariation: 0.4, allowance: 1900),
    Persona(
      name: "night owl", zone: "Europe/Helsinki",
      shifts: [
        Shift(weekdays: everyDay, from: 21, to: 27, probability: 0.8, pointsPerHour: 22.5)
      ],
      fiveHourShareOfWeek: 0.24),
    Persona(
      name: "irregular with a holiday", zone: "Europe/Warsaw",
      shifts: [
        Shift(weekdays: everyDay, from: 8, to: 13, probability: 0.35, pointsPerHour: 22.5),
        Shift(weekdays: everyDay, from: 13, to: 19, probability: 0.35, pointsPerHour: 27.5),
        Shift(weekdays: everyDay, from: 19, to: 24, probability: 0.3, pointsPerHour: 22.5),
      ], holidays: [30..<41], dayVariation: 0.7, fiveHourShareOfWeek: 0.24),
    Persona(
      name: "two shifts", zone: "America/Sao_Paulo",
      shifts: [
        Shift(weekdays: workdays, from: 8, to: 12, pointsPerHour: 22.5),
        Shift(weekdays: [2, 3, 5], from: 20, to: 23, probability: 0.7, pointsPerHour: 25),
      ], fiveHourShareOfWeek: 0.216, weekShareOfMonth: 0.225),
    Persona(
      name: "heavy seven days", zone: "Asia/Kolkata",
      shifts: [
        Shift(weekdays: everyDay, from: 10, to: 20, probability: 0.9, pointsPerHour: 30)
      ], fiveHourShareOfWeek: 0.192, weekShareOfMonth: 0.2475),
    Persona(
      name: "four-day week", zone: "Europe/Amsterdam",
      shifts: [Shift(weekdays: [2, 3, 4, 5], from: 9, to: 18, pointsPerHour: 21.25)],
      holidays: [50..<54], fiveHourShareOfWeek: 0.204),
  ]

  /// Never used for choosing anything.
  static let heldOut: [Persona] = [
    Persona(
      name: "office worker", zone: "America/Chicago",
      shifts: [
        Shift(weekdays: workdays, from: 8.5, to: 12, pointsPerHour: 18.75),
        Shift(weekdays: workdays, from: 13, to: 17, pointsPerHour: 22.5),
      ], fiveHourShareOfWeek: 0.204),
    Persona(
      name: "burst worker", zone: "Europe/Zurich",
      shifts: [
        Shift(weekdays: workdays, from: 9, to: 18.5, probability: 0.75, pointsPerHour: 32.5)
      ], dayVariation: 0.6, workMinutes: 70, pauseMinutes: 60, fiveHourShareOfWeek: 0.216),
    Persona(
      name: "build server", zone: "Europe/Dublin",
      shifts: [
        Shift(weekdays: workdays, from: 0, to: 24, pointsPerHour: 8.75),
        Shift(weekdays: weekend, from: 0, to: 24, pointsPerHour: 3.75),
      ],
      dayVariation: 0.25, workMinutes: 20, pauseMinutes: 30, fiveHourShareOfWeek: 0.144,
      weekShareOfMonth: 0.225, isAlwaysOn: true),
    Persona(
      name: "Saturday and evenings", zone: "Australia/Sydney",
      shifts: [
        Shift(weekdays: [7], from: 9, to: 20, probability: 0.9, pointsPerHour: 20),
        Shift(weekdays: workdays, from: 19.5, to: 22, probability: 0.5, pointsPerHour: 17.5),
      ], fiveHourShareOfWeek: 0.336, weekShareOfMonth: 0.2625),
    Persona(
      name: "occasional user", zone: "America/Toronto",
      shifts: [Shift(weekdays: workdays, from: 9, to: 17, probability: 0.5, pointsPerHour: 6.25)],
      dayVariation: 0.6),
    Persona(
      name: "frequent flyer", zone: "Europe/London",
      travels: [
        (9, "America/New_York"), (15, "Europe/London"), (33, "Asia/Singapore"),
        (40, "Europe/London"), (61, "America/Los_Angeles"), (70, "Europe/London"),
      ],
      shifts: [
        Shift(weekdays: workdays, from: 8.5, to: 18, probability: 0.9, pointsPerHour: 21.25)
      ],
      fiveHourShareOfWeek: 0.204),
    Persona(
      name: "token team", zone: "Europe/Stockholm",
      shifts: [
        Shift(weekdays: workdays, from: 7, to: 19, pointsPerHour: 12.5),
        Shift(weekdays: weekend, from: 10, to: 14, probability: 0.3, pointsPerHour: 7.5),
      ], allowance: 1900),
    Persona(
      name: "late student", zone: "America/Denver",
      shifts: [
        Shift(weekdays: [1, 2, 3, 4, 5], from: 22, to: 27, probability: 0.75, pointsPerHour: 25)
      ], fiveHourShareOfWeek: 0.264),
    Persona(
      name: "freelancer without a pattern", zone: "Europe/Lisbon",
      shifts: [
        Shift(weekdays: everyDay, from: 7, to: 12, probability: 0.4, pointsPerHour: 22.5),
        Shift(weekdays: everyDay, from: 12, to: 18, probability: 0.4, pointsPerHour: 25),
        Shift(weekdays: everyDay, from: 18, to: 25, probability: 0.3, pointsPerHour: 20),
      ], holidays: [20..<30, 66..<70], dayVariation: 0.7, fiveHourShareOfWeek: 0.24),
    Persona(
      name: "parent", zone: "Europe/Oslo",
      shifts: [
        Shift(weekdays: workdays, from: 9, to: 14.5, pointsPerHour: 22.5),
        Shift(weekdays: [2, 3, 4, 5], from: 20.5, to: 23, probability: 0.6, pointsPerHour: 25),
      ], holidays: [44..<51], fiveHourShareOfWeek: 0.216, weekShareOfMonth: 0.24),
    Persona(
      name: "founder", zone: "America/Los_Angeles",
      shifts: [
        Shift(weekdays: everyDay, from: 9, to: 21, probability: 0.92, pointsPerHour: 25)
      ], fiveHourShareOfWeek: 0.168, weekShareOfMonth: 0.2475),
    Persona(
      name: "part-time", zone: "Europe/Vienna",
      shifts: [Shift(weekdays: [3, 4, 5], from: 8, to: 18, pointsPerHour: 22.5)],
      fiveHourShareOfWeek: 0.288, weekShareOfMonth: 0.27),
  ]
}
