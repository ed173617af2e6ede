import Foundation
import Testing

@testable import UsageCore

@Suite("Local time")
struct LocalTimeTests {
  @Test("A civil time agrees with the calendar, on every day from 1970 to 2110")
  func civilTime() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for day in stride(from: 0, to: 51_000, by: 1) {
      let seconds = Int64(day) * 86_400 + Int64(day) * 7919 % 86_400
      let time = CivilTime(Moment(seconds: seconds))
      let parts = calendar.dateComponents(
        [.year, .month, .day, .weekday, .hour, .minute, .second],
        from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(
        [time.year, time.month, time.dayOfMonth, time.weekday + 1, time.hour, time.minute]
          == [parts.year, parts.month, parts.day, parts.weekday, parts.hour, parts.minute]
          .map { Int64($0 ?? -1) } && time.second == Int64(parts.second ?? -1), "day \(day)")
    }
  }

  @Test("Times and offsets that cannot be shown are clamped")
  func clamped() {
    for (seconds, offset, year) in [
      (Int64.min, -1, 1970), (-1, 0, 1970), (Int64.max, Int64.max, 9999), (0, Int64.max, 9999),
      (86_400, Int64.min, 1970),
    ] as [(Int64, Int64, Int64)] {
      #expect(CivilTime(Moment(seconds: seconds), utcOffset: offset).year == year)
    }
  }

  private let now = Moment(seconds: 1_790_000_000)

  @Test("An offset is known up to a change of the clocks, to the day")
  func change() {
    let change = now.adding(seconds: 10 * 86_400 + 3600)
    let offset = UTCOffset(zone: 0, around: now) { $0 < change ? 3600 : 7200 }
    #expect(offset.seconds == 3600)
    #expect(offset.covers(now.adding(seconds: -40 * 86_400)))
    #expect(offset.covers(now.adding(seconds: 10 * 86_400)))
    #expect(!offset.covers(now.adding(seconds: 10 * 86_400 + 1)))
    let later = UTCOffset(zone: 0, around: change) { $0 < change ? 3600 : 7200 }
    #expect(later.seconds == 7200)
    #expect(!later.covers(change.adding(seconds: -1)))
    #expect(later.covers(change.adding(seconds: 40 * 86_400)))
  }

  @Test("The time zone is another one when TZ is another one, set to nothing, or unset")
  func zone() {
    let stamps = [["TZ": "UTC"], ["TZ": "Europe/Berlin"], ["TZ": ""], [:]].map {
      TimeZoneStamp.of(Environment($0))
    }
    #expect(Set(stamps).count == 4)
    #expect(TimeZoneStamp.of(Environment(["TZ": "UTC"])) == stamps[0])
  }
}
