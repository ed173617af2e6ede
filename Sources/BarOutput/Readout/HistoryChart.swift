import UsageCore

/// The learned week, the last days of each limit, the forecasts, and how often they were right.
public struct HistoryChart {
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  let chart: UsageChart
  let facts: Readout.Facts
  let presentation: Presentation

  public init(_ chart: UsageChart, facts: Readout.Facts, presentation: Presentation) {
    self.chart = chart
    self.facts = facts
    self.presentation = presentation
  }

  /// Groups below a heading each, with an empty line between them.
  public var lines: [StyledLine] {
    let groups = [week, days, forecasts, scores].filter { !$0.isEmpty }
    return Array(groups.joined(separator: [StyledLine()]))
  }

  private var titles: TitleColumn { TitleColumn(limits) }
  /// Those of the first pool, which have forecasts.
  private var limits: [Limit] { facts.limits.filter { $0.binds } }

  private var week: [StyledLine] {
    let title = StyledLine("Usual week, by hour", .bold)
    guard let week = chart.week, week.count == Self.weekdays.count else {
      return [title, StyledLine("  Available after a day of use.", .dim)]
    }
    let rows = zip(Self.weekdays, week).map { name, day in
      StyledLine("  \(name)  \(SparklineText.render(day, presentation.barStyle))")
    }
    return [title] + rows + [StyledLine("       0     6     12    18", .dim)]
  }

  private var days: [StyledLine] {
    let rows = limits.compactMap { limit in
      chart.lines.first { $0.limit == limit.id }.map { line in
        StyledLine(
          "  \(titles.padded(limit))  \(SparklineText.render(line.sparkline, presentation.barStyle))"
        )
      }
    }
    return rows.isEmpty ? [] : [StyledLine("Last \(UsageChart.days) days", .bold)] + rows
  }

  private var forecasts: [StyledLine] {
    let text = PaceText(presentation: presentation, now: facts.now)
    let rows = limits.compactMap { limit -> StyledLine? in
      guard limit.resetsAt != nil else { return nil }
      var line = StyledLine("  \(titles.padded(limit))  ")
      if limit.isFull {
        line.add("used up", .level(.critical))
      } else if let runsOut = text.runsOut(limit) {
        line.add(runsOut, .level(.warning))
      } else if limit.expectedEnd(at: facts.now) != nil {
        line.add("may run out before its reset")
      } else if let percent = limit.trend?.forecast?.percentAtReset {
        line.add("about \(Format.wholePercent(percent))% at its reset")
      } else {
        line.add("unknown", .dim)
      }
      return line
    }
    return rows.isEmpty ? [] : [StyledLine("Forecast", .bold)] + rows
  }

  private var scores: [StyledLine] {
    let rows = limits.compactMap { limit -> StyledLine? in
      guard let score = chart.scores.first(where: { $0.limit == limit.id }),
        score.right + score.wrong + score.unannounced > 0
      else { return nil }
      return StyledLine(
        "  \(titles.padded(limit))  \(score.right) right, \(score.wrong) wrong,"
          + " \(score.unannounced) without warning")
    }
    return rows.isEmpty ? [] : [StyledLine("Forecast accuracy", .bold)] + rows
  }
}

enum SparklineText {
  private static let asciiSteps = Array(" .:-=+*#")

  /// `··▁▁▃▅█▁`, or ` .:-=+*#` in ASCII.
  static func render(_ sparkline: Trend.Sparkline, _ style: Format.BarStyle) -> String {
    // The lowest of eight bars.
    let lowestBar: UInt32 = 0x2581
    return sparkline.steps.utf8.reduce(into: "") { text, step in
      let height = Int(step) - Int(UInt8(ascii: "0"))
      guard (0...Trend.Sparkline.maximum).contains(height) else {
        text += style.hasSparklines ? "·" : " "
        return
      }
      if style.hasSparklines {
        text.unicodeScalars.append(Unicode.Scalar(lowestBar + UInt32(height)) ?? "·")
      } else {
        text.append(asciiSteps[height])
      }
    }
  }
}
