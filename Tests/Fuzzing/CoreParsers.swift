@testable import UsageCore

/// The parsers of UsageCore, with what must hold for their results.
enum CoreParsers {
  static let all: [@Sendable ([UInt8]) -> Void] = [
    json, response, login, envelope, snapshot, history, keyring, session, limits, tokens, others,
    names,
  ]

  private static let now = Moment(seconds: 1_795_262_400)

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func json(_ bytes: [UInt8]) {
    guard let value = JSONValue(bytes) else { return }
    require(JSONValue(value.bytes) == value, "a value is read as it was written")
    _ = (value.double, value.integer)
  }

  private static func response(_ bytes: [UInt8]) {
    guard let value = JSONValue(response: bytes) else { return }
    require(JSONValue(value.bytes) != nil, "a repaired value is valid JSON")
    _ = (ProfileResponse(value), ComputeResponse.hours(value), Whoami(value))
    _ = DateParser.moment(value)
  }

  private static func login(_ bytes: [UInt8]) {
    guard let document = LoginDocument(bytes) else { return }
    require(LoginDocument(document.bytes)?.accessToken == document.accessToken, "tokens survive")
    guard let new = document.replacing(TokenPair(accessToken: "a.b.c", refreshToken: "r")) else {
      return
    }
    require(LoginDocument(new.bytes)?.refreshToken == "r", "the new token is found")
  }

  private static func envelope(_ bytes: [UInt8]) {
    guard let key = EncryptionKey([UInt8](0..<32)) else { return }
    _ = try? Envelope.open(text(bytes), key: key)
    _ = EncryptionKey(bytes)
    _ = Claims(token: text(bytes))
  }

  private static func snapshot(_ bytes: [UInt8]) {
    guard let snapshot = SnapshotFile.decode(bytes) else { return }
    let again = SnapshotFile.decode(Array(SnapshotFile.encode(snapshot).utf8))
    require(again != nil, "a snapshot is read as it was written")
  }

  private static func history(_ bytes: [UInt8]) {
    let samples = (TabSeparated.lines(bytes) ?? []).compactMap { Sample(fields: $0) }
      .sorted { $0.takenAt < $1.takenAt }
    guard let last = samples.last else { return }
    let windows = Window.Kind.allCases.compactMap { kind in
      last.share(of: kind.rawValue).map {
        Window(kind: kind, usedPercent: $0.usedPercent, resetsAt: $0.resetsAt)
      }
    }
    let usage = Usage.rateLimits(
      pools: [RatePool(name: RatePool.standardName, windows: windows)],
      extra: ExtraUsage(balanceCents: nil, isAllowed: nil, preference: nil))
    let data = Snapshot.UsageData(takenAt: last.takenAt, usage: usage)
    _ = Trends.of(data, samples: samples, earlier: data) { _ in last.utcOffset }
  }

  private static func keyring(_ bytes: [UInt8]) {
    _ = SecretService.keys(in: bytes)
    _ = APIKey.dotEnv(text(bytes))
  }

  private static func session(_ bytes: [UInt8]) {
    guard let value = JSONValue(bytes), let session = SessionFile(value) else { return }
    require(session.count.worked >= 0, "counts are not negative")
  }

  private static func limits(_ bytes: [UInt8]) {
    guard let value = JSONValue(response: bytes),
      let usage = LimitsResponse.usage(value, now: now)
    else { return }
    keep(usage)
  }

  private static func tokens(_ bytes: [UInt8]) {
    guard let value = JSONValue(response: bytes),
      let usage = TokenUsageResponse.usage(value, now: now)
    else { return }
    _ = TokenUsageResponse.plan(usage)
    keep(usage)
  }

  /// A name from the service in every place where one is shown.
  private static func names(_ bytes: [UInt8]) {
    guard let name = Label.clean(text(bytes)) else { return }
    var data = Snapshot.UsageData(
      takenAt: now,
      usage: .rateLimits(
        pools: [
          RatePool(
            name: "standard", windows: [Window(kind: .fiveHour, usedPercent: 50, resetsAt: nil)]),
          RatePool(name: name, windows: [Window(kind: .weekly, usedPercent: 95, resetsAt: nil)]),
        ], extra: ExtraUsage(balanceCents: 5, isAllowed: nil, preference: name)))
    data.plan = name
    data.organization = name
    OutputParsers.show(data, now)
  }

  /// Caches a usage and shows it in every host.
  private static func keep(_ usage: Usage) {
    let data = Snapshot.UsageData(takenAt: now, usage: usage)
    let snapshot = Snapshot(account: "a", loginStamp: "b", data: data)
    let bytes = Array(SnapshotFile.encode(snapshot).utf8)
    guard bytes.count < SnapshotFile.limit else { return }
    let cached = SnapshotFile.decode(bytes)
    require(cached?.data != nil, "usage can be cached")
    if let data = cached?.data { OutputParsers.show(data, now) }
  }

  private static func others(_ bytes: [UInt8]) {
    let text = text(bytes)
    _ = (DateParser.iso8601(text), DateParser.http(text), RetryAfter.moment(text, now: now))
    _ = ServiceBases.isAcceptable(text)
    _ = ServiceError.Refusal(body: bytes)
    if let label = Label.clean(text) {
      require(!label.isEmpty && !label.utf8.contains { $0 < 0x20 }, "labels are one line")
    }
  }
}
