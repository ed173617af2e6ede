import BarOutput

/// The kinds of values a setting takes.
enum SettingValue {
  static let longestSeconds: Int64 = 10 * 365 * 86_400

  /// `90`, `90s`, `2m`, `1h`, `7d`.
  static func duration(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = text.last.flatMap { units[$0] }
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

  static func yesOrNo(_ text: String) -> Bool? {
    switch text {
    case "yes", "true", "1", "on": true
    case "no", "false", "0", "off": false
    default: nil
    }
  }
}
