import Foundation
import Testing

@testable import UsageCore

@Suite("Snapshot file")
struct SnapshotFileTests {
  static let rateLimits = Snapshot(
    account: "abc", loginStamp: "123",
    data: .init(
      takenAt: Moment(seconds: 1_800_000_000),
      usage: .rateLimits(
        pools: [
          RatePool(
            name: "standard",
            windows: [
              Window(kind: .fiveHour, usedPercent: 62.5, resetsAt: Moment(seconds: 1_800_005_000)),
              Window(kind: .weekly, usedPercent: 0, resetsAt: nil),
            ]),
          RatePool(name: "new pool", windows: []),
        ],
        extra: ExtraUsage(balanceCents: -5, isAllowed: nil, preference: "x")),
      plan: "Max", organization: "A & <B>", compute: ComputeHours(usedSeconds: 1, limitSeconds: 2),
      trends: [
        Trend(
          limit: "5h", lastHour: 11.25, lastDay: nil, day: Trend.Sparkline("0123-7"), week: nil,
          forecast: Forecast(
            percentAtReset: 112, probability: 0.75,
            end: Forecast.End(
              at: Moment(seconds: 50), earliest: Moment(seconds: 40), latest: Moment(seconds: 60),
              isShown: true))),
        Trend(
          limit: "week", lastDay: 0.5, week: Trend.Sparkline("7"),
          forecast: Forecast(
            percentAtReset: nil, probability: nil,
            end: Forecast.End(
              at: Moment(seconds: 50), earliest: Moment(seconds: 50), latest: Moment(seconds: 50),
              isShown: false))),
        Trend(limit: "month", forecast: Forecast(percentAtReset: 40, probability: 0, end: nil)),
        Trend(
          limit: "core-week", forecast: Forecast(percentAtReset: nil, probability: nil, end: nil)),
        Trend(limit: "core-5h", lastHour: 0, lastDay: 3),
      ],
      utcOffset: UTCOffset(
        zone: -7, seconds: 19_800, from: Moment(seconds: 3), until: Moment(seconds: 9))),
    failure: .init(
      problem: .offline(reason: "no route"), at: Moment(seconds: 1), count: 3,
      retryAt: Moment(seconds: 9),
      hasRetryAfter: true))

  static let tokens = Snapshot(
    account: "", loginStamp: "",
    data: .init(
      takenAt: Moment(seconds: 5),
      usage: .tokens(
        pools: [
          TokenPool(
            name: "standard", usedTokens: 5, allowance: .tokens(20), usedPercent: 25,
            hasOverage: true),
          TokenPool(
            name: "premium", usedTokens: 0, allowance: .unlimited, usedPercent: nil,
            hasOverage: false),
          TokenPool(
            name: "other", usedTokens: 0, allowance: .unknown, usedPercent: nil, hasOverage: false),
        ], periodStart: nil, periodEnd: Moment(seconds: 77))))

  static let problems: [Problem] = [
    .loading, .loggedOut(.expired), .loginUnreadable(reason: "x"), .forbidden(reason: "y"),
    .offline(reason: ""),
    .rateLimited(until: Moment(seconds: 4)), .serviceError(reason: "a\tb\nc"), .config(reason: "z"),
  ]

  @Test(
    "A snapshot is read back unchanged",
    arguments: [rateLimits, tokens, Snapshot(account: "a", loginStamp: "b")])
  func roundTrip(snapshot: Snapshot) {
    #expect(SnapshotFile.decode(Array(SnapshotFile.encode(snapshot).utf8)) == snapshot)
  }

  @Test("Every problem is stored on one line and read back", arguments: 0..<problems.count)
  func problem(index: Int) {
    let failure = Snapshot.Failure(
      problem: Self.problems[index], at: Moment(seconds: 1), count: 1, retryAt: Moment(seconds: 2))
    let snapshot = Snapshot(account: "a", loginStamp: "b", failure: failure)
    let expected =
      if case .serviceError = Self.problems[index] { Problem.serviceError(reason: "a b c") } else {
        Self.problems[index]
      }
    #expect(
      SnapshotFile.decode(Array(SnapshotFile.encode(snapshot).utf8))?.failure?.problem == expected)
  }

  @Test("A file truncated at any position counts as missing")
  func torn() {
    let bytes = Array(SnapshotFile.encode(Self.rateLimits).utf8)
    for length in bytes.indices {
      #expect(SnapshotFile.decode(Array(bytes.prefix(length))) == nil)
    }
  }

  @Test("A file with a negative number of tokens counts as missing")
  func negativeTokens() {
    let text = SnapshotFile.encode(Self.tokens)
    let changed = text.replacing("standard\t5", with: "standard\t-9223372036854775808")
    #expect(changed != text)
    #expect(SnapshotFile.decode(Array(changed.utf8)) == nil)
  }

  @Test("A file with another version, another format or a modified line counts as missing")
  func foreign() {
    let text = SnapshotFile.encode(Self.rateLimits)
    for (part, other) in [
      ("droidbar-usage\t4", "droidbar-usage\t3"), ("62.5", "nan"), ("62.5", "-62.5"),
      ("window\t5h", "window\t6h"),
      ("failure\t1", "failure\tx"), ("account\t", "owner\t"), ("\t19800\t", "\t198000\t"),
      ("\t19800\t", "\t-9223372036854775808\t"),
    ] {
      let changed = text.replacing(part, with: other)
      #expect(changed != text)
      #expect(SnapshotFile.decode(Array(changed.utf8)) == nil, "\(other)")
    }
  }

  @Test("The file is readable only by its owner and replaced atomically")
  func file() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/usage"
    try SnapshotFile.store(Self.rateLimits, at: path)
    try SnapshotFile.store(Self.tokens, at: path)
    #expect(SnapshotFile.load(path) == Self.tokens)
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o600)
  }
}

@Suite("Snapshot freshness")
struct FreshnessTests {
  let now = Moment(seconds: 1_000_000)

  private func freshness(age: Int64, failure: Snapshot.Failure? = nil, stamp: String = "s")
    -> Freshness
  {
    let data = Snapshot.UsageData(
      takenAt: now.adding(seconds: -age),
      usage: .tokens(pools: [], periodStart: nil, periodEnd: nil))
    let snapshot = Snapshot(account: "a", loginStamp: stamp, data: data, failure: failure)
    return Freshness(of: snapshot, ttlSeconds: 120, loginStamp: "s", now: now)
  }

  private func failed(_ secondsAgo: Int64, retryIn: Int64, asked: Bool = false) -> Snapshot.Failure
  {
    .init(
      problem: .offline(reason: ""), at: now.adding(seconds: -secondsAgo), count: 1,
      retryAt: now.adding(seconds: retryIn), hasRetryAfter: asked)
  }

  @Test("A snapshot is due when its TTL has passed, not before")
  func ttl() {
    #expect(!freshness(age: 119).isOutdated)
    #expect(freshness(age: 120).isOutdated)
  }

  @Test("Data from the future is due, because the clock was set back")
  func future() {
    #expect(freshness(age: -1).isOutdated)
  }

  @Test("A missing snapshot is due immediately")
  func nothing() {
    #expect(Freshness(of: nil, ttlSeconds: 120, loginStamp: "s", now: now).isOutdated)
  }

  @Test("A pause is kept until its end, unless it starts in the future")
  func pause() {
    #expect(freshness(age: 500, failure: failed(5, retryIn: 5)).mustWait)
    #expect(!freshness(age: 500, failure: failed(5, retryIn: 0)).mustWait)
    #expect(!freshness(age: 500, failure: failed(-100, retryIn: 5)).mustWait)
  }

  @Test("A new login ends the back-off, but not a Retry-After")
  func newLogin() {
    #expect(freshness(age: 5, stamp: "other").isOutdated)
    #expect(!freshness(age: 500, failure: failed(5, retryIn: 5), stamp: "other").mustWait)
    #expect(
      freshness(age: 500, failure: failed(5, retryIn: 5, asked: true), stamp: "other").mustWait)
  }
}
