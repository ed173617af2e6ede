import BarOutput
import CLibraries
import UsageCore

/// Times in the user's time zone and language.
struct ClockFormat {
  /// Of the current time zone. For times that it does not cover, the time zone is loaded.
  var utcOffset: UTCOffset?

  func text(_ moment: Moment, now: Moment, _ precision: TimePrecision) -> String {
    let time = local(moment)
    let isToday = time.day == local(now).day
    // The name of the weekday is enough.
    let isNear = moment.isWithin(seconds: 6 * 86_400, of: now)
    switch precision {
    case .time:
      if isToday { return Self.clock(time) }
      let day = isNear ? Self.locale.name(ABDAY_1, time.weekday) : Self.date(time)
      return day + " " + Self.clock(time)
    case .partOfDay:
      let part =
        switch time.hour {
        case ..<6: "night"
        case ..<12: "morning"
        case ..<18: "afternoon"
        default: "evening"
        }
      if isToday { return part == "night" ? "tonight" : "this \(part)" }
      return isNear ? Self.locale.name(DAY_1, time.weekday) + " \(part)" : Self.date(time)
    case .day:
      if isToday { return "today" }
      return isNear ? Self.locale.name(DAY_1, time.weekday) : Self.date(time)
    }
  }

  private func local(_ moment: Moment) -> CivilTime {
    let known = utcOffset.flatMap { $0.covers(moment) ? $0.seconds : nil }
    return CivilTime(moment, utcOffset: known ?? LocalTime.utcOffset(at: moment))
  }

  /// `17:59` or `05:59 PM`.
  private static func clock(_ time: CivilTime) -> String {
    let minute = Format.twoDigits(time.minute)
    guard locale.isTwelveHours else { return "\(Format.twoDigits(time.hour)):\(minute)" }
    let hour = Format.twoDigits((time.hour + 11) % 12 + 1)
    return "\(hour):\(minute) \(locale.name(AM_STR, time.hour / 12))"
  }

  /// `27 Oct`.
  private static func date(_ time: CivilTime) -> String {
    "\(time.dayOfMonth) \(locale.name(ABMON_1, time.month - 1))"
  }

  private static let locale = TimeLocale()
}

/// The user's language for times, from the environment of the process.
private struct TimeLocale {
  let isTwelveHours: Bool

  init() {
    let names = ["LC_ALL", "LC_TIME", "LANG"].lazy.compactMap { Environment.process[$0] }
    let name = names.first ?? "C"
    // The C locale needs no locale files.
    guard name != "POSIX", name != "C", !name.hasPrefix("C.") else {
      isTwelveHours = false
      return
    }
    setlocale(LC_TIME, "")
    // Names in another character set than UTF-8 cannot be shown.
    if String(validatingCString: nl_langinfo(nl_item(ABMON_1))) == nil { setlocale(LC_TIME, "C") }
    let format = Self.text(nl_item(T_FMT))
    let hasHalves = ["%r", "%p", "%I"].contains { format.hasOccurrence(of: $0) }
    // Some locales have no names for the halves of the day.
    isTwelveHours = hasHalves && !Self.text(nl_item(AM_STR)).isEmpty
  }

  /// The name that is `number` after the first one of its kind.
  func name(_ first: Int, _ number: Int64) -> String {
    Self.text(nl_item(first) + nl_item(number))
  }

  /// See nl_langinfo(3).
  private static func text(_ item: nl_item) -> String {
    nl_langinfo(item).map { String(cString: $0) } ?? ""
  }
}
