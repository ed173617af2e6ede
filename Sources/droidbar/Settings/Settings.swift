import BarOutput
import UsageCore

/// An account of the configuration file.
struct Account: Equatable {
  let name: String
  /// Replaces the home directory in which droid keeps the login.
  let home: String
}

/// The validated settings from all sources.
struct Settings {
  var ttlSeconds: Int64 = 120
  var waitSeconds = HostFormat.usualWaitSeconds
  var presentation: Presentation
  var style = HostStyle()
  var refreshesLogin = true
  var notifyTargets: [NotifyTarget] = []
  var demo: DemoState?
  var sendsNotifications = false
  /// A program and its arguments; empty for none.
  var notifyCommand: [String] = []
  /// That of `presentation.account`.
  var account: Account?

  init(clock: @escaping Clock) {
    presentation = Presentation(clock: clock)
  }

  mutating func set(_ setting: Setting, _ value: String, from source: ConfigurationError.Source)
    throws(ConfigurationError)
  {
    func checked<Value>(_ parsed: Value?, _ expected: String) throws(ConfigurationError) -> Value {
      guard let parsed else { throw .invalidValue(source, value: value, expected: expected) }
      return parsed
    }
    func duration() throws(ConfigurationError) -> Int64 {
      try checked(SettingValue.duration(value), "a duration such as 90s, 2m, 1h or 7d")
    }
    func percent() throws(ConfigurationError) -> Double {
      try checked(SettingValue.percent(value), "a percentage from 0 to 100")
    }
    func color() throws(ConfigurationError) -> Color {
      try checked(Color(value), "a colour such as #FF8800")
    }
    func yesOrNo() throws(ConfigurationError) -> Bool {
      try checked(SettingValue.yesOrNo(value), "yes or no")
    }
    func template() throws(ConfigurationError) -> Template {
      do throws(Template.Failure) {
        return try Template(value)
      } catch {
        throw .invalidTemplate(source, sentence: error.sentence)
      }
    }
    if case .choice(let values, _, _) = setting.value, setting != .demo, setting != .refreshLogin,
      !values.contains(value)
    {
      throw .invalidValue(source, value: value, expected: Self.list(values))
    }

    switch setting {
    case .ttl: ttlSeconds = try duration()
    case .wait: waitSeconds = try duration()
    case .maxAge: presentation.maxAgeSeconds = try duration()
    case .window: presentation.window = value
    case .show: presentation.share = Presentation.Share(rawValue: value) ?? .used
    case .warning: presentation.thresholds.warning = try percent()
    case .critical: presentation.thresholds.critical = try percent()
    case .label: presentation.label = value
    case .icons: presentation.icons = Icons(rawValue: value) ?? .none
    case .format: presentation.format = try template()
    case .shortFormat: presentation.shortFormat = try template()
    case .tooltipFormat: presentation.tooltipFormat = try template()
    case .barWidth:
      let width = Int(value).flatMap { Presentation.barWidths.contains($0) ? $0 : nil }
      presentation.barWidth = try checked(width, "a number from 1 to 40")
    case .colorOK: presentation.colors.ok = try color()
    case .colorWarning: presentation.colors.warning = try color()
    case .colorCritical: presentation.colors.critical = try color()
    case .colorMuted: presentation.colors.muted = try color()
    case .noUrgent: style.marksUrgent = !(try yesOrNo())
    case .markup: style.isPango = value == "pango"
    case .json: style.isJSON = try yesOrNo()
    case .refreshLogin: refreshesLogin = try yesOrNo()
    case .account: presentation.account = value
    case .notify: sendsNotifications = try yesOrNo()
    case .notifyCommand: notifyCommand = value.split(separator: " ").map { String($0) }
    case .local: presentation.showsLocalTokens = try yesOrNo()
    case .notifyHost:
      var targets: [NotifyTarget] = []
      for word in value.split(separator: ",") {
        targets.append(
          try checked(
            NotifyTarget(String(word)), "waybar:N, i3blocks:N or polybar, with N from 1 to 30"))
      }
      notifyTargets = targets
    case .demo:
      if let isOn = SettingValue.yesOrNo(value) {
        demo = isOn ? .ok : nil
      } else {
        demo = try checked(DemoState(rawValue: value), Self.list(DemoState.names))
      }
    }
  }

  /// `used or remaining`, `one of a, b or c`.
  private static func list(_ values: [String]) -> String {
    guard values.count > 2, let last = values.last else { return values.joined(separator: " or ") }
    return "one of \(values.dropLast().joined(separator: ", ")) or \(last)"
  }

  func check() throws(ConfigurationError) {
    let thresholds = presentation.thresholds
    guard thresholds.warning <= thresholds.critical else {
      throw .contradiction(
        "The warning threshold (\(thresholds.warning.decimal)) is above the critical one"
          + " (\(thresholds.critical.decimal))")
    }
  }
}
