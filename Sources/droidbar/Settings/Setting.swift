import BarOutput
import UsageCore

/// A setting. The raw value is its name as an option and in the configuration file.
enum Setting: String, CaseIterable {
  case ttl
  case wait
  case maxAge = "max-age"
  case window
  case show
  case warning
  case critical
  case label
  case icons
  case format
  case shortFormat = "short-format"
  case tooltipFormat = "tooltip-format"
  case barWidth = "bar-width"
  case colorOK = "color-ok"
  case colorWarning = "color-warning"
  case colorCritical = "color-critical"
  case colorMuted = "color-muted"
  case noUrgent = "no-urgent"
  case markup
  case json
  case refreshLogin = "refresh-login"
  case account
  case notify
  case notifyCommand = "notify-command"
  case notifyHost = "notify-host"
  case local
  case demo

  var value: OptionValue {
    switch self {
    case .ttl, .wait, .maxAge: .text(placeholder: "DURATION")
    case .window: .choice(Template.windows, placeholder: "NAME")
    case .show: .oneOf(Presentation.Share.names)
    case .warning, .critical: .text(placeholder: "PERCENT")
    case .label: .text(placeholder: "TEXT")
    case .icons: .oneOf(Icons.names)
    case .format, .shortFormat, .tooltipFormat: .text(placeholder: "TEMPLATE")
    case .barWidth: .text(placeholder: "CELLS")
    case .colorOK, .colorWarning, .colorCritical, .colorMuted: .text(placeholder: "#RRGGBB")
    case .noUrgent, .json, .notify, .local: .flag
    case .markup: .oneOf(["pango", "none"])
    case .refreshLogin: .oneOf(["yes", "no"])
    case .account: .text(placeholder: "NAME")
    case .notifyCommand: .text(placeholder: "COMMAND")
    case .notifyHost: .text(placeholder: "HOST:N,…")
    case .demo: .choice(DemoState.names, placeholder: "STATE", isOptional: true)
    }
  }

  var isFlag: Bool {
    if case .flag = value { true } else { false }
  }

  /// The default as it is given, nil for none.
  var defaultValue: String? {
    switch self {
    case .ttl: "2m"
    case .wait: "2s"
    case .maxAge: "1d"
    case .window: "auto"
    case .show: "used"
    case .warning: "75"
    case .critical: "90"
    case .label: "droid"
    case .icons: "none"
    case .barWidth: "10"
    case .refreshLogin: "yes"
    default: nil
    }
  }

  var summary: String {
    switch self {
    case .ttl: "how long cached data counts as fresh"
    case .wait:
      "how long to wait for fresh data before printing cached data; the refresh continues in the background"
    case .maxAge: "do not show data older than this"
    case .window: "which limit to show; auto picks the one you will reach first"
    case .show: "show the used or the remaining percentage"
    case .warning: "percentage used at which the state becomes warning"
    case .critical: "percentage used at which the state becomes critical"
    case .label: "prefix of the text; empty for none"
    case .icons: "icon in place of the label"
    case .format: "template of the text, see 'droidbar help formats'"
    case .shortFormat: "template of the short text (i3blocks, i3bar)"
    case .tooltipFormat: "template of the tooltip (waybar)"
    case .barWidth: "width of usage bars in cells, 1 to 40"
    case .colorOK: "colour of ok, for hosts without style sheets"
    case .colorWarning: "colour of warning"
    case .colorCritical: "colour of critical and limited"
    case .colorMuted: "colour of idle, stale and unknown"
    case .noUrgent: "i3blocks: always exit 0"
    case .markup: "i3blocks, i3bar: whether the output is Pango markup"
    case .json: "i3blocks: print JSON for a block with format=json"
    case .refreshLogin: "whether to refresh an expired login; 'no' only reports it"
    case .account: "use the account of section [account NAME] in the configuration file"
    case .notify:
      "send a desktop notification when a limit is nearly used up, used up, or available again"
    case .notifyCommand:
      "run COMMAND, without a shell, for each notification; NOTIFY_… variables describe it"
    case .notifyHost: "signal bars after a change: waybar:N, i3blocks:N (N as in 'signal'), polybar"
    case .local: "show today's tokens by model, from droid's session files on this machine"
    case .demo: "show a built-in sample account (default state: ok)"
    }
  }

  /// `init(rawValue:)` of an enum this large uses a dictionary, which would need libm.
  static func named(_ name: String) -> Setting? {
    allCases.first { $0.rawValue == name }
  }

  static let environmentPrefix = "DROIDBAR_"

  /// `ttl` → `DROIDBAR_TTL`.
  var environmentName: String { Self.environmentName(of: rawValue) }

  static func environmentName(of option: String) -> String {
    environmentPrefix + String(option.map { $0 == "-" ? "_" : $0 }).asciiUppercased
  }

  /// Options that make sense only on the command line.
  static let commandLineOnly = ["watch", "signal", "output", "config"]
}

/// What follows the name of an option.
enum OptionValue {
  /// Nothing.
  case flag
  /// One of a list; `--name=VALUE` only, when it is optional.
  case choice([String], placeholder: String, isOptional: Bool = false)
  case file
  case text(placeholder: String)

  /// A choice whose values are listed in the usage.
  static func oneOf(_ values: [String]) -> OptionValue {
    .choice(values, placeholder: values.joined(separator: "|"))
  }
}

/// Parses the values of settings.
enum SettingValue {
  static let longestSeconds: Int64 = 10 * 365 * 86_400

  /// `90`, `90s`, `2m`, `1h`, `7d`, in seconds.
  static func duration(_ text: String) -> Int64? {
    let unit: Int64? =
      switch text.last {
      case "s": 1
      case "m": 60
      case "h": 3600
      case "d": 86_400
      default: nil
      }
    let digits = unit == nil ? Substring(text) : text.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int64(digits)
    else { return nil }
    let (seconds, overflow) = count.multipliedReportingOverflow(by: unit ?? 1)
    return overflow || seconds > longestSeconds ? nil : seconds
  }

  /// 0 to 100, with or without a percent sign.
  static func percent(_ text: String) -> Double? {
    let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
      let value = Double(decimal: digits), (0...100).contains(value)
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
