import Foundation
import Testing

@testable import UsageCore

/// Samples of one window, minutes after a fixed start.
enum Samples {
  static let start = Moment(seconds: 1_795_000_000)

  static func at(_ minutes: Int64) -> Moment { start.adding(seconds: minutes * 60) }

  static func of(
    _ limit: String, _ points: [(minutes: Int64, used: Double)], resetsAt minutes: Int64?
  ) -> [Sample] {
    points.map { point in
      Sample(
        takenAt: at(point.minutes), utcOffset: 3600,
        shares: [.init(limit: limit, usedPercent: point.used, resetsAt: minutes.map(at))])
    }
  }
}

@Suite("History file")
struct HistoryFileTests {
  private let folder: TemporaryFolder
  private let file: HistoryFile

  init() throws {
    folder = try TemporaryFolder()
    file = HistoryFile(folder: folder.path, account: "one")
  }

  private func samples(_ count: Int64, everyMinutes step: Int64 = 2) -> [Sample] {
    Samples.of("5h", (0..<count).map { ($0 * step, Double($0 % 100)) }, resetsAt: count * step + 60)
  }

  @Test("Samples are read back in the order in which they were added")
  func roundTrip() throws {
    let all = samples(5)
    for sample in all { _ = try file.add(sample) }
    #expect(file.samples(now: Samples.at(60)) == all)
  }

  @Test("Each account has its own history")
  func accounts() throws {
    _ = try file.add(samples(1)[0])
    #expect(
      HistoryFile(folder: folder.path, account: "two").samples(now: Samples.at(60)).isEmpty)
  }

  @Test("A truncated last line is ignored, and repaired by the next sample")
  func torn() throws {
    for sample in samples(3) { _ = try file.add(sample) }
    let whole = try String(contentsOfFile: file.path, encoding: .utf8)
    for cut in 1...whole.split(separator: "\n").last!.utf8.count {
      try whole.dropLast(cut).description.write(
        toFile: file.path, atomically: true, encoding: .utf8)
      let known = file.samples(now: Samples.at(60))
      #expect(known.count == 2, "\(cut) bytes short")
    }
    let next = Samples.of("5h", [(10, 9)], resetsAt: 66)[0]
    #expect(try file.add(next).count == 3)
    #expect(file.samples(now: Samples.at(60)).last == next)
  }

  @Test(
    "An invalid file counts as empty, and the next sample replaces it",
    arguments: ["", "\n", "droidbar-history\t9\n", "\u{0}\u{1}", "droidbar-history\t1"])
  func garbage(content: String) throws {
    try folder.write(Path.name(of: file.path), content)
    #expect(file.samples(now: Samples.at(60)).isEmpty)
    _ = try file.add(samples(1)[0])
    #expect(file.samples(now: Samples.at(60)).count == 1)
  }

  @Test("An invalid line is skipped, and the others are kept")
  func oddLine() throws {
    let lines = samples(3).map { $0.line.trimmingCharacters(in: .newlines) }
    let odd = [
      "x", "1\t2", "\t\t\t", "99999999999999999999\t5h\t1\t", "1\t5h\tnan\t", "1\t5h\t1\tsoon",
    ]
    let content =
      [HistoryFile.header.joined(separator: "\t"), lines[0]] + odd + [lines[1], lines[2], ""]
    try folder.write(Path.name(of: file.path), content.joined(separator: "\n"))
    #expect(file.samples(now: Samples.at(60)).count == 3)
  }

  @Test("Samples out of order are skipped, because the clock was set back")
  func clockBack() throws {
    let lines = [0, 10, 5, 12].map { Samples.of("5h", [($0, 1)], resetsAt: 60)[0].line }
    try folder.write(
      Path.name(of: file.path), TabSeparated.line(HistoryFile.header) + lines.joined())
    #expect(
      file.samples(now: Samples.at(60)).map(\.takenAt) == [0, 10, 12].map { Samples.at($0) })
  }

  @Test("A history of the first format, without UTC offsets, is kept")
  func firstFormat() throws {
    let (taken, reset) = (Samples.at(0).seconds, Samples.at(60))
    try folder.write(
      Path.name(of: file.path), "droidbar-history\t1\n\(taken)\t5h\t36.0\t\(reset.seconds)\n")
    let share = Sample.Share(limit: "5h", usedPercent: 36, resetsAt: reset)
    #expect(file.samples(now: Samples.at(5)).map(\.shares) == [[share]])
    let next = Samples.of("5h", [(5, 40)], resetsAt: 60)[0]
    #expect(try file.add(next).count == 2)
    #expect(file.samples(now: Samples.at(5)).count == 2)
    #expect(
      try String(contentsOfFile: file.path, encoding: .utf8).hasPrefix("droidbar-history\t2\n"))
  }

  @Test("Reset times that differ a little belong to one window")
  func sameWindow() {
    func isSame(_ one: Int64?, _ other: Int64?) -> Bool {
      func share(_ minutes: Int64?) -> Sample.Share {
        .init(limit: "5h", usedPercent: 1, resetsAt: minutes.map { Samples.at($0) })
      }
      return share(one).isSameWindow(as: share(other))
    }
    #expect(isSame(60, 60) && isSame(60, 74) && isSame(74, 60) && isSame(nil, nil))
    #expect(!isSame(60, 76) && !isSame(60, nil) && !isSame(nil, 60))
  }

  @Test("Samples from the future are discarded")
  func clockAhead() throws {
    let month = Samples.of("5h", [(30 * 1440, 50)], resetsAt: 30 * 1440 + 60)[0]
    _ = try file.add(samples(1)[0])
    _ = try file.add(month)
    let back = Samples.of("5h", [(10, 9)], resetsAt: 66)[0]
    #expect(try file.add(back).map(\.takenAt) == [Samples.at(0), Samples.at(10)])
    #expect(file.samples(now: Samples.at(60 * 1440)).allSatisfy { $0.takenAt <= Samples.at(10) })
  }

  @Test("Readings within a minute make one sample")
  func close() throws {
    let one = Samples.of("5h", [(0, 1)], resetsAt: 60)[0]
    let soon = Sample(takenAt: Samples.start.adding(seconds: 30), utcOffset: 0, shares: one.shares)
    _ = try file.add(one)
    #expect(try file.add(soon).count == 2)
    #expect(file.samples(now: Samples.at(60)) == [one])
  }

  @Test("A large file is thinned out, and old samples are deleted")
  func bounded() throws {
    func sample(_ minutes: Int64) -> Sample {
      let shares = (0..<Sample.maximumShares).map {
        Sample.Share(
          limit: "limit-\($0)", usedPercent: 33.333, resetsAt: Samples.at(minutes + 100))
      }
      return Sample(takenAt: Samples.at(minutes), utcOffset: 0, shares: shares)
    }
    let end: Int64 = 50 * 1440
    let old = Array(stride(from: Int64(0), to: 40 * 1440, by: 1440))
    let minutes = old + Array((end - 800)..<end)
    let lines = [TabSeparated.line(HistoryFile.header)] + minutes.map { sample($0).line }
    let path = try folder.write(Path.name(of: file.path), lines.joined())
    func size() throws -> Int { try Data(contentsOf: URL(fileURLWithPath: path)).count }
    #expect(try size() > HistoryFile.maximumBytes)
    _ = try file.add(sample(end))
    #expect(try size() < HistoryFile.maximumBytes / 4 * 3 + 1000)
    let kept = file.samples(now: Samples.at(end))
    #expect(kept.last == sample(end))
    let oldest = try #require(kept.first)
    #expect(Samples.at(end).seconds(since: oldest.takenAt) <= HistoryFile.longestSeconds)
  }

  @Test("Thinning keeps a sample per minute for recent hours and one per hour for older days")
  func thinned() {
    let dense = Samples.of("5h", (0..<(8 * 1440)).map { ($0, Double($0) / 1000) }, resetsAt: nil)
    let now = Samples.at(8 * 1440 - 1)
    let kept = HistoryFile.thinned(dense, now: now)
    func count(_ hours: ClosedRange<Int64>) -> Int {
      kept.filter { hours.contains(now.seconds(since: $0.takenAt) / 3600) }.count
    }
    #expect(count(0...1) == 120)
    #expect(count(4...5) == 12)
    #expect((70...74).contains(count(100...171)))
    #expect(kept.last == dense.last)
  }

  @Test("Of a time in which nothing was used, thinning keeps the first and the last sample")
  func unchanged() {
    let used = (0..<600).map { minute in (Int64(minute), minute < 100 ? 1.0 : 2.0) }
    let night = Samples.of("5h", used, resetsAt: nil)
    let kept = HistoryFile.thinned(night, now: Samples.at(600))
    #expect(kept.map { $0.shares.map(\.usedPercent) } == [[1], [1], [2], [2]])
    #expect(kept.first?.takenAt.isWithin(seconds: 600, of: Samples.start) == true)
    #expect(kept.last == night.last)
    #expect(kept[2].takenAt.seconds(since: kept[1].takenAt) <= 600)
    // The local time is needed for each hour.
    let journey = night.enumerated().map { index, sample in
      Sample(takenAt: sample.takenAt, utcOffset: index < 300 ? 0 : 3600, shares: sample.shares)
    }
    #expect(HistoryFile.thinned(journey, now: Samples.at(600)).count == 6)
  }

  @Test("Thinning keeps the last sample of a pause, and the last one before a reset")
  func edges() {
    // Work until 00:47, a night, and work from 07:23 on, with a reset at 07:57.
    let used = (0..<600).map { minute -> (minutes: Int64, used: Double) in
      let night = Double(min(max(minute - 47, 0), 396))
      let points = Double(minute) - night
      return (Int64(minute), minute < 477 ? points : points - 80)
    }
    let now = Samples.at(4 * 1440)
    var kept = Samples.of("5h", used, resetsAt: nil)
    for _ in 0..<3 { kept = HistoryFile.thinned(kept, now: now) }
    let minutes = kept.map { $0.takenAt.seconds(since: Samples.start) / 60 }
    #expect([47, 443, 476].allSatisfy(minutes.contains), "\(minutes)")
    #expect(minutes.count < 16)
  }

  @Test("Histories of accounts that have not been used for a long time are deleted")
  func forgotten() throws {
    let old = try folder.write("history-old", "x", age: 50 * 86_400)
    let recent = try folder.write("history-recent", "x", age: 86_400)
    let other = try folder.write("learnt", "x", age: 50 * 86_400)
    _ = try file.add(
      Sample(
        takenAt: .now(), utcOffset: 0, shares: [.init(limit: "5h", usedPercent: 1, resetsAt: nil)]))
    #expect(access(old, F_OK) != 0)
    #expect(access(recent, F_OK) == 0)
    #expect(access(other, F_OK) == 0)
  }
}
