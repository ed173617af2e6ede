import UsageCore

/// Clock times in the user's zone and language: `17:59`, `Tue 17:59`, `12 Dec 17:59`.
enum ClockFace {
  static func words(_ moment: Moment, now: Moment) -> String {
    guard let there = local(moment), let here = local(now) else { return "?" }
    let time =
      isTwelveHours
      ? text(there, "%I:%M %p") : "\(twoDigits(there.tm_hour)):\(twoDigits(there.tm_min))"
    if there.tm_year == here.tm_year && there.tm_yday == here.tm_yday { return time }
    let isNear = abs(moment.seconds(since: now)) < 6 * 86_400
    return text(there, isNear ? "%a" : "%e %b") + " " + time
  }

  private static func twoDigits(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  private static func local(_ moment: Moment) -> tm? {
    var seconds = time_t(moment.seconds)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return nil }
    return parts
  }

  /// Without the caller's `LC_TIME` the C library speaks English.
  private static let isTwelveHours: Bool = {
    // The C locale needs no looking up: most bars run in it, or in C.UTF-8, which tells time the same way.
    let name =
      ["LC_ALL", "LC_TIME", "LANG"].lazy.compactMap { Environment.process[$0] }.first ?? "C"
    if name == "POSIX" || name == "C" || name.hasPrefix("C.") { return false }
    setlocale(LC_TIME, "")
    guard let format = nl_langinfo(nl_item(T_FMT)) else { return false }
    let text = String(cString: format)
    return text.contains("%r") || text.contains("%p") || text.contains("%I")
  }()

  private static func text(_ time: tm, _ format: String) -> String {
    var time = time
    var buffer = [CChar](repeating: 0, count: 128)
    let length = strftime(&buffer, buffer.count, format, &time)
    let text = String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.first == " " ? String(text.dropFirst()) : text
  }
}
