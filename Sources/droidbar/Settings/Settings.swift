import BarOutput
import UsageCore

/// Everything a person chose, from all places, checked.
struct Settings {
  var ttlSeconds: Int64 = 120
  static let waitSeconds: Int64 = 2
  var waitSeconds = Settings.waitSeconds
  var presentation: Presentation
  var style = HostStyle()
  var mayRenewLogin = true
  /// The bars that are told of a change.
  var notifiedHosts: [NotifiedHost] = []
  /// A built-in account instead of the person's own.
  var demo: DemoState?
  /// The desktop shows notices.
  var sendsNotices = false

  init(clock: @escaping @Sendable (Moment, Moment) -> String) {
    presentation = Presentation(clock: clock)
  }

  mutating func set(_ key: SettingKey, _ value: String, from source: SettingFailure.Source)
    throws(SettingFailure)
  {
    func bad(_ expected: String) -> SettingFailure {
      .badValue(source, value: value, expected: expected)
    }
    func duration() throws(SettingFailure) -> Int64 {
      guard let seconds = SettingValue.duration(value) else {
        throw bad("a duration such as 90s, 2m, 1h or 7d")
      }
      return seconds
    }
    func percent() throws(SettingFailure) -> Double {
      guard let percent = SettingValue.percent(value) else {
        throw bad("a percentage from 0 to 100")
      }
      return percent
    }
    func template() throws(SettingFailure) -> Template {
      do throws(Template.Failure) {
        return try Template(value)
      } catch {
        throw .badTemplate(source, sentence: error.sentence)
      }
    }
    func color() throws(SettingFailure) -> Color {
      guard let color = Color(value) else { throw bad("a colour such as #FF8800") }
      return color
    }
    func yesOrNo() throws(SettingFailure) -> Bool {
      guard let answer = SettingValue.yesOrNo(value) else { throw bad("yes or no") }
      return answer
    }

    switch key {
    case .ttl: ttlSeconds = try duration()
    case .wait: waitSeconds = try duration()
    case .maxAge: presentation.maxAgeSeconds = try duration()
    case .window:
      guard Presentation.windows.contains(value) else {
        throw bad("one of \(Presentation.windows.joined(separator: ", "))")
      }
      presentation.window = value
    case .show:
      guard let share = Presentation.Share(rawValue: value) else { throw bad("used or remaining") }
      presentation.share = share
    case .warning: presentation.thresholds.warning = try percent()
    case .critical: presentation.thresholds.critical = try percent()
    case .format: presentation.format = try template()
    case .shortFormat: presentation.shortFormat = try template()
    case .tooltipFormat: presentation.tooltipFormat = try template()
    case .colorOK: presentation.colors.ok = try color()
    case .colorWarning: presentation.colors.warning = try color()
    case .colorCritical: presentation.colors.critical = try color()
    case .colorMuted: presentation.colors.muted = try color()
    case .refreshLogin: mayRenewLogin = try yesOrNo()
    case .noUrgent: style.marksUrgent = !(try yesOrNo())
    case .markup:
      guard value == "pango" || value == "none" else { throw bad("pango or none") }
      style.isPango = value == "pango"
    case .json: style.isJSON = try yesOrNo()
    case .icons:
      guard let icons = Icons(rawValue: value) else { throw bad("nerd, emoji, ascii or none") }
      presentation.icons = icons
    case .barWidth:
      guard let width = Int(value), Presentation.barWidths.contains(width) else {
        throw bad("a number from 1 to 40")
      }
      presentation.barWidth = width
    case .demo:
      // A switch for whoever writes it as one.
      if let isOn = SettingValue.yesOrNo(value) {
        demo = isOn ? .ok : nil
        return
      }
      guard let state = DemoState(rawValue: value) else {
        throw bad("one of \(DemoState.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      demo = state
    case .notify: sendsNotices = try yesOrNo()
    case .local: presentation.showsLocalTokens = try yesOrNo()
    case .notifyHost:
      notifiedHosts = try value.split(separator: ",").map { word throws(SettingFailure) in
        guard let host = NotifiedHost(String(word)) else {
          throw bad("waybar:N, i3blocks:N or polybar, N from 1 to 30")
        }
        return host
      }
    }
  }
}
