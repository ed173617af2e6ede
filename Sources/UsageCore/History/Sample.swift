/// The shares of an account at one moment.
struct Sample: Equatable, Sendable {
  struct Share: Equatable, Sendable {
    /// As in `LimitName`.
    let limit: String
    let usedPercent: Double
    let resetsAt: Moment?

    /// Two readings of one window: the service counts down in whole seconds, and answers take their time.
    func isSameWindow(as other: Share) -> Bool {
      guard let resetsAt, let others = other.resetsAt else { return resetsAt == other.resetsAt }
      return abs(resetsAt.seconds(since: others)) <= Self.jitterSeconds
    }

    static let jitterSeconds: Int64 = 15 * 60
  }

  /// More limits than any plan has; the rest is left out.
  static let mostShares = 12

  let takenAt: Moment
  let shares: [Share]

  func share(of limit: String) -> Share? {
    shares.first { $0.limit == limit }
  }
}

extension Sample {
  init(_ figures: Snapshot.Figures) {
    takenAt = figures.takenAt
    let all: [Share]
    switch figures.usage {
    case .rateLimits(let pools, _):
      all = pools.flatMap { pool in
        pool.windows.map {
          Share(
            limit: LimitName.of($0.kind, in: pool), usedPercent: $0.usedPercent,
            resetsAt: $0.resetsAt)
        }
      }
    case .tokens(let pools, _, let end):
      all = pools.compactMap { pool in
        pool.usedPercent.map {
          Share(limit: LimitName.of(pool), usedPercent: $0, resetsAt: end)
        }
      }
    }
    shares = Array(all.filter { !$0.limit.utf8.contains { $0 < 0x20 } }.prefix(Self.mostShares))
  }

  /// `1763722811<TAB>5h<TAB>36.0<TAB>1763728241…`
  var line: String {
    shares.reduce("\(takenAt.seconds)") { line, share in
      line + "\t\(share.limit)\t\(share.usedPercent)\t"
        + (share.resetsAt.map { "\($0.seconds)" } ?? "")
    }
  }

  init?(line: Substring) {
    let words = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard let taken = Int64(words[0]), words.count % 3 == 1 else { return nil }
    var shares: [Share] = []
    for start in stride(from: 1, to: words.count, by: 3) {
      guard let used = Double(words[start + 1]), used.isFinite, shares.count < Self.mostShares
      else { return nil }
      let reset = Int64(words[start + 2]).map { Moment(seconds: $0) }
      guard reset != nil || words[start + 2].isEmpty else { return nil }
      shares.append(Share(limit: String(words[start]), usedPercent: used, resetsAt: reset))
    }
    takenAt = Moment(seconds: taken)
    self.shares = shares
  }
}
