import CLibraries
import FoundationEssentials

/// The ways the service writes a point in time: ISO 8601 with or without fraction, seconds or milliseconds since 1970,
/// as numbers or as strings of them; and HTTP's own in headers.
enum Timestamp {
  static func moment(_ value: JSONValue?) -> Moment? {
    guard let value else { return nil }
    if let number = value.double { return moment(number) }
    return value.string.flatMap(iso8601)
  }

  /// Beyond 10^12 the number counts milliseconds: as seconds it would be the year 33658.
  private static func moment(_ number: Double) -> Moment? {
    Moment(exactly: number > 1e12 ? number / 1000 : number)
  }

  static func iso8601(_ text: String) -> Moment? {
    let plain = Date.ISO8601FormatStyle()
    let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = (try? fractional.parse(text)) ?? (try? plain.parse(text)) else { return nil }
    return Moment(exactly: date.timeIntervalSince1970)
  }

  /// `Wed, 21 Oct 2015 07:28:00 GMT`, https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
  static func http(_ text: String) -> Moment? {
    let seconds = curl_library_date(text)
    return seconds < 0 ? nil : Moment(seconds: Int64(seconds))
  }
}
