/// How right one way to forecast was, for one kind of window.
struct Score {
  /// Hours between the forecast and the truth, one for each poll that showed a forecast that came true.
  var errors: [Double] = []
  /// Hours in which a forecast was shown, and those of them after which the limit was used up before its reset.
  var shownHours = 0.0
  var trueHours = 0.0
  /// Forecasts that appeared in a window that was never used up.
  var falseAlarms = 0
  /// How often a forecast appeared or went away within a window.
  var switches = 0
  /// For each stop that the bar saw: hours of uninterrupted warning before it.
  var warnings: [Double] = []
  static let leastWarning = 0.5
  /// Stops with less of it.
  var unannounced: Int { warnings.count { $0 < Self.leastWarning } }

  var falseHours: Double { shownHours - trueHours }
  var precision: Double { shownHours > 0 ? trueHours / shownHours : .nan }

  static func + (left: Score, right: Score) -> Score {
    var sum = left
    sum.errors += right.errors
    sum.shownHours += right.shownHours
    sum.trueHours += right.trueHours
    sum.falseAlarms += right.falseAlarms
    sum.switches += right.switches
    sum.warnings += right.warnings
    return sum
  }
}

/// How often the limit in the headline was the one that stopped the work first.
struct HeadlineScore {
  var right = 0
  var all = 0
  var share: Double { all > 0 ? Double(right) / Double(all) : .nan }
  static func + (left: HeadlineScore, right: HeadlineScore) -> HeadlineScore {
    HeadlineScore(right: left.right + right.right, all: left.all + right.all)
  }
}

/// Follows the forecasts for one limit from poll to poll.
struct Follower {
  private(set) var score = Score()
  /// The windows with less than half an hour of warning.
  private(set) var late: [Int] = []
  private var instance: Int?
  private var last: Int64 = 0
  private var shownSince: Int64?

  /// - Parameters:
  ///   - index: of the running window; nil when none is.
  ///   - shown: when the limit will be used up, if a forecast is shown.
  mutating func poll(at: Int64, _ index: Int?, _ instances: [Life.Instance], shown: Int64?) {
    if index != instance {
      finish(instances)
      instance = index
      shownSince = nil
      last = at
    }
    guard let index else { return }
    let window = instances[index]
    if let full = window.fullAt, at >= full {
      stop(window, full)
      return
    }
    // A forecast stands until the next poll.
    let hours = Double(min(at - last, 900)) / 3600
    if shownSince != nil { stand(window, hours) }
    if let shown {
      if shownSince == nil {
        shownSince = at
        score.switches += 1
        if window.fullAt == nil { score.falseAlarms += 1 }
      }
      if let full = window.fullAt { score.errors.append(Double(abs(shown - full)) / 3600) }
    } else if shownSince != nil {
      shownSince = nil
      score.switches += 1
    }
    last = at
  }

  private mutating func stand(_ window: Life.Instance, _ hours: Double) {
    score.shownHours += hours
    if window.fullAt != nil { score.trueHours += hours }
  }

  private var stopped: Int?

  private mutating func stop(_ window: Life.Instance, _ full: Int64) {
    guard stopped != instance else { return }
    stopped = instance
    // The bar was off when it happened.
    guard full - last <= 1800 else { return }
    let warning = shownSince.map { Double(full - $0) / 3600 } ?? 0
    score.warnings.append(warning)
    if warning < Score.leastWarning, let stopped { late.append(stopped) }
  }

  private mutating func finish(_ instances: [Life.Instance]) {
    guard let instance, let full = instances[instance].fullAt, full > last else { return }
    stop(instances[instance], full)
  }
}
