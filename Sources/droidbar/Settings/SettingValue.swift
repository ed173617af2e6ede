import BarOutput

/// The kinds of values a setting takes.
enum SettingValue {
  static let longestSeconds: Int64 = 10 * 365 * 86_400

  /// `90`, `90s`, `2m`, `1h`, `7d`.
  static func duration(_ text: String) -> Int64? {
    // A switch, not a table: every print reads durations.
    let unit: Int64? =
      switch text.utf8.last {
      case UInt8(ascii: "s"): 1
      case UInt8(ascii: "m"): 60
      case UInt8(ascii: "h"): 3600
      case UInt8(ascii: "d"): 86_400
      default: nil
      }
    let digits = unit == nil ? Substring(text) : text.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int64(digits)
    else { return nil }
    let (seconds, overflow) = count.multipliedReportingOverflow(by: unit ?? 1)
    return overflow || seconds > longestSeconds ? nil : seconds
  }

  /// 0–100, with or without a percent sign.
  static func percent(_ text: String) -> Double? {
    let digits = text.hasSuffix("%") ? text.dropLast() : Substring(text)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }),
      let value = Double(digits), (0...100).contains(value)
    else { return nil }
    return value
  }

  /// A percentage as it is read again, to its thousandths.
  static func spelled(_ percent: Double) -> String {
    "\((percent * 1000).rounded() / 1000)"
  }

  static func yesOrNo(_ text: String) -> Bool? {
    switch text {
    case "yes", "true", "1", "on": true
    case "no", "false", "0", "off": false
    default: nil
    }
  }
}
