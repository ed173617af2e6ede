/// What an account's figures were at each refresh, and what that says of where they are heading.
public struct History {
  private let folder: String
  private let account: String

  public init(places: Places, account: String) {
    folder = places.accountDirectory
    self.account = account
  }

  /// Keeps a sample of the figures. Without a history, or with one that cannot be written, there is just less to say.
  func trends(adding figures: Snapshot.Figures) -> [Trend] {
    let file = HistoryFile(folder: folder, account: account)
    let sample = Sample(figures)
    let samples = (try? file.add(sample)) ?? file.samples(now: sample.takenAt) + [sample]
    return Self.trends(samples)
  }

  static func trends(_ samples: [Sample]) -> [Trend] {
    guard let latest = samples.last else { return [] }
    return latest.shares.map { share in
      let limit = share.limit
      let isOfTokens = [TokenPool.standardName, TokenPool.premiumName].contains(limit)
      return Trend(
        limit: limit,
        lastHour: TrailingRate.pointsPerHour(of: limit, over: 3600, in: samples),
        lastDay: TrailingRate.pointsPerHour(of: limit, over: 86_400, in: samples),
        day: limit == Window.Kind.fiveHour.rawValue
          ? CourseMaker.day(of: limit, in: samples) : nil,
        week: limit == Window.Kind.weekly.rawValue || isOfTokens
          ? CourseMaker.week(of: limit, in: samples) : nil)
    }.filter { !$0.isEmpty }
  }

  /// What there is, for the doctor.
  public struct Extent: Equatable, Sendable {
    public let samples: Int
    public let oldest: Moment?
  }

  public func extent(now: Moment) -> Extent {
    let samples = HistoryFile(folder: folder, account: account).samples(now: now)
    return Extent(samples: samples.count, oldest: samples.first?.takenAt)
  }

  /// Histories of accounts that have not been seen for long.
  static func removeForgotten(in folder: String, now: Moment) {
    for name in Path.names(in: folder) where name.hasPrefix(HistoryFile.prefix) {
      var status = stat()
      guard stat(folder + "/" + name, &status) == 0 else { continue }
      let age = now.seconds(since: Moment(seconds: Int64(status.modified.tv_sec)))
      if age > 5 * HistoryFile.longestSeconds { unlink(folder + "/" + name) }
    }
  }
}
