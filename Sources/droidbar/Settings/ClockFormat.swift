import BarOutput
import CLibraries
import UsageCore

/// Times in the user's time zone and language.
enum ClockFormat {
  static func text(_ moment: Moment, now: Moment, _ precision: TimePrecision) -> String {
    guard let time = local(moment), let today = local(now) else { return "?" }
    let isToday = time.tm_year == today.tm_year && time.tm_yday == today.tm_yday
    // The name of the weekday is enough.
    let isNear = moment.isWithin(seconds: 6 * 86_400, of: now)
    switch precision {
    case .time:
      let clock =
        isTwelveHours
        ? format(time, "%I:%M %p") : "\(twoDigits(time.tm_hour)):\(twoDigits(time.tm_min))"
      return isToday ? clock : format(time, isNear ? "%a" : "%e %b") + " " + clock
    case .partOfDay:
      let part =
        switch time.tm_hour {
        case ..<6: "night"
        case ..<12: "morning"
        case ..<18: "afternoon"
        default: "evening"
        }
      if isToday { return part == "night" ? "tonight" : "this \(part)" }
      return isNear ? "\(format(time, "%A")) \(part)" : format(time, "%e %b")
    case .day:
      return isToday ? "today" : format(time, isNear ? "%A" : "%e %b")
    }
  }

  private static func twoDigits(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  static func local(_ moment: Moment) -> tm? {
    var seconds = time_t(moment.seconds)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return nil }
    return parts
  }

  /// Whether the locale uses a 12-hour clock. The C locale needs no locale files.
  private static let isTwelveHours: Bool = {
    let names = ["LC_ALL", "LC_TIME", "LANG"].compactMap { Environment.process[$0] }
    let name = names.first ?? "C"
    if name == "POSIX" || name == "C" || name.hasPrefix("C.") { return false }
    setlocale(LC_TIME, "")
    guard let format = nl_langinfo(nl_item(T_FMT)) else { return false }
    let text = String(cString: format)
    return ["%r", "%p", "%I"].contains { text.hasOccurrence(of: $0) }
  }()

  /// The time as strftime(3) writes it.
  static func format(_ time: tm, _ format: String) -> String {
    var time = time
    var buffer = [CChar](repeating: 0, count: 128)
    let length = strftime(&buffer, buffer.count, format, &time)
    let text = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.hasPrefix(" ") ? String(text.dropFirst()) : text
  }
}
