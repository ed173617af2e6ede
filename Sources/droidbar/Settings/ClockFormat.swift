import BarOutput
import CLibraries
import UsageCore

/// Times in the user's time zone and language.
enum ClockFormat {
  static let clock = Clock(time: text, partOfDay: partOfDay, day: day)

  /// `17:59`, `Tue 17:59`, `12 Dec 17:59`.
  static func text(_ moment: Moment, now: Moment) -> String {
    guard let time = local(moment), let today = local(now) else { return "?" }
    let clock =
      isTwelveHours
      ? format(time, "%I:%M %p") : "\(twoDigits(time.tm_hour)):\(twoDigits(time.tm_min))"
    if isSameDay(time, today) { return clock }
    return format(time, isNear(moment, now) ? "%a" : "%e %b") + " " + clock
  }

  /// `this evening`, `Tuesday afternoon`, `12 Dec`.
  static func partOfDay(_ moment: Moment, now: Moment) -> String {
    guard let time = local(moment), let today = local(now) else { return "?" }
    let part =
      switch time.tm_hour {
      case ..<6: "night"
      case ..<12: "morning"
      case ..<18: "afternoon"
      default: "evening"
      }
    if isSameDay(time, today) { return part == "night" ? "tonight" : "this \(part)" }
    return isNear(moment, now) ? "\(format(time, "%A")) \(part)" : format(time, "%e %b")
  }

  /// `today`, `Tuesday`, `12 Dec`.
  static func day(_ moment: Moment, now: Moment) -> String {
    guard let time = local(moment), let today = local(now) else { return "?" }
    if isSameDay(time, today) { return "today" }
    return format(time, isNear(moment, now) ? "%A" : "%e %b")
  }

  private static func isSameDay(_ one: tm, _ other: tm) -> Bool {
    one.tm_year == other.tm_year && one.tm_yday == other.tm_yday
  }

  /// The name of the weekday is enough.
  private static func isNear(_ moment: Moment, _ now: Moment) -> Bool {
    moment.isWithin(seconds: 6 * 86_400, of: now)
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
