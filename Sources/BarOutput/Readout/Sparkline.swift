import UsageCore

/// A course as a line of bars: `  ▁▁▃▅█▁`.
enum Sparkline {
  /// LOWER ONE EIGHTH BLOCK, the first of eight.
  private static let lowest: UInt32 = 0x2581

  static func text(_ course: Trend.Course) -> String {
    var line = ""
    for step in course.steps.utf8 {
      let height = UInt32(step) &- UInt32(UInt8(ascii: "0"))
      let bar = height < 8 ? Unicode.Scalar(lowest + height) : nil
      line.unicodeScalars.append(bar ?? " ")
    }
    return line
  }
}
