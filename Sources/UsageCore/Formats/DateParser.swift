import CLibraries

/// Parses the date formats of the service and of HTTP.
enum DateParser {
  /// ISO 8601, or Unix time in seconds or milliseconds as a number or a string.
  static func moment(_ value: JSONValue?) -> Moment? {
    guard let value else { return nil }
    // Above 10^12 the number counts milliseconds; as seconds it would be the year 33658.
    if let number = value.double { return Moment(exactly: number > 1e12 ? number / 1000 : number) }
    return value.string.flatMap(iso8601)
  }

  /// `2026-07-20T17:59:00.865Z`, with or without a fraction, or with an offset: `+02:00`, `+0200`.
  static func iso8601(_ text: String) -> Moment? {
    guard text.utf8.count <= 40, text.isVisibleASCII else { return nil }
    var length = 0
    let seconds = platform_utc_seconds(text, &length)
    guard seconds >= 0, let offset = offsetSeconds(text.dropFirst(length)) else { return nil }
    return Moment(seconds: Int64(seconds) - Int64(offset))
  }

  /// Parses what follows the seconds: an optional fraction, which is ignored, and the zone.
  private static func offsetSeconds(_ text: Substring) -> Int? {
    var rest = text
    if rest.first == "." || rest.first == "," {
      rest = rest.dropFirst()
      let digits = rest.prefix(while: isDigit)
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(digits.count)
    }
    if rest == "Z" || rest == "z" { return 0 }
    guard let sign = rest.popFirst(), sign == "+" || sign == "-" else { return nil }
    let digits = rest.filter { $0 != ":" }
    guard digits.utf8.count == 4 || digits.utf8.count == 2, digits.allSatisfy(isDigit),
      let number = Int(digits)
    else { return nil }
    let (hours, minutes) = digits.utf8.count == 2 ? (number, 0) : (number / 100, number % 100)
    guard hours < 24, minutes < 60 else { return nil }
    return (hours * 3600 + minutes * 60) * (sign == "+" ? 1 : -1)
  }

  private static func isDigit(_ character: Character) -> Bool {
    ("0"..."9").contains(character)
  }

  /// `Wed, 21 Oct 2015 07:28:00 GMT`, https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
  static func http(_ text: String) -> Moment? {
    let seconds = curl_library_date(text)
    return seconds < 0 ? nil : Moment(seconds: Int64(seconds))
  }
}
