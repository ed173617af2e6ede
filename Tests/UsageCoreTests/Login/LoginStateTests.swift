import Testing

@testable import UsageCore

@Suite("Records of refreshes")
struct LoginStateTests {
  private static let now = Moment(seconds: 1_800_000_000)
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Whether a token that was sent at `now` may be sent again, by the clock and by the time since the boot.
  private func isRepeatable(clock: Int64, uptime: Int64, isSameBoot: Bool = true) -> Bool {
    SentToken(digest: "d", at: Self.now, uptime: Uptime(boot: "one", seconds: 5000)).isRepeatable(
      now: Self.now.adding(seconds: clock),
      uptime: Uptime(boot: isSameBoot ? "one" : "two", seconds: 5000 + uptime))
  }

  @Test("A token may be sent again for 25 seconds")
  func repeatable() {
    #expect(isRepeatable(clock: 0, uptime: 0))
    #expect(isRepeatable(clock: 24, uptime: 24))
    #expect(!isRepeatable(clock: 25, uptime: 25))
  }

  @Test("A changed clock neither shortens nor lengthens these seconds")
  func changedClock() {
    #expect(isRepeatable(clock: 3600, uptime: 10))
    #expect(isRepeatable(clock: -3600, uptime: 10))
    #expect(!isRepeatable(clock: 0, uptime: 3600))
  }

  @Test("After a restart the clock counts, and a token from the future is not sent again")
  func restart() {
    #expect(isRepeatable(clock: 20, uptime: -4990, isSameBoot: false))
    #expect(!isRepeatable(clock: 30, uptime: -4990, isSameBoot: false))
    #expect(!isRepeatable(clock: -1, uptime: -4990, isSameBoot: false))
  }

  @Test("A record with an impossible uptime is not repeatable", arguments: [Int64.min, .max])
  func impossible(seconds: Int64) {
    let token = SentToken(
      digest: "d", at: Self.now, uptime: Uptime(boot: "one", seconds: seconds))
    #expect(!token.isRepeatable(now: Self.now, uptime: Uptime(boot: "one", seconds: 5000)))
    #expect(!token.isRepeatable(now: Self.now, uptime: Uptime(boot: "one", seconds: -5000)))
  }

  @Test("A truncated record counts as none")
  func torn() throws {
    let path = folder.path + "/rescued"
    let pair = RescuedPair(
      replaces: "digest", pair: TokenPair(accessToken: "a.b.c", refreshToken: "refresh"))
    for length in 0...pair.content.count {
      try folder.write("rescued", Array(pair.content.prefix(length)))
      let known = RescuedPair.load(path)
      #expect(known == (length == pair.content.count ? pair : nil), "\(length) bytes")
    }
  }

  @Test("The ledger forgets its oldest entries, and knows the newest")
  func ledger() throws {
    var ledger = TokenLedger()
    for number in 0...TokenLedger.maximumLines {
      ledger.note(
        .rejectedRefreshToken, "token \(number)", at: Self.now.adding(seconds: Int64(number)))
    }
    let path = folder.path + "/ledger"
    try ledger.store(path)
    let known = TokenLedger.load(path)
    #expect(known == ledger)
    #expect(
      !known.has(.rejectedRefreshToken, "token 0") && known.has(.rejectedRefreshToken, "token 1"))
    let newest = TokenLedger.maximumLines
    #expect(
      known.moment(.rejectedRefreshToken, "token \(newest)")
        == Self.now.adding(seconds: Int64(newest)))
    #expect(!known.has(.rejectedAccessToken, "token \(newest)"))
  }
}
