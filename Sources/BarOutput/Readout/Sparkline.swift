import UsageCore

/// A course as a line of bars: `  ▁▁▃▅█▁`.
enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  static func text(_ course: Trend.Course) -> String {
    var line = ""
    for step in course.steps.utf8 {
      let height = Int(step) - Int(UInt8(ascii: "0"))
      line.append(bars.indices.contains(height) ? bars[height] : " ")
    }
    return line
  }
}
