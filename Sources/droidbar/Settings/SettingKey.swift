/// What can be set, by its spelling on the command line, in the file and, as `DROIDBAR_…`, in the environment.
enum SettingKey: String, CaseIterable {
  case ttl
  case wait
  case maxAge = "max-age"
  case window
  case show
  case warning
  case critical
  case format
  case shortFormat = "short-format"
  case tooltipFormat = "tooltip-format"
  case colorOK = "color-ok"
  case colorWarning = "color-warning"
  case colorCritical = "color-critical"
  case colorMuted = "color-muted"
  case refreshLogin = "refresh-login"
  case noUrgent = "no-urgent"
  case markup
  case json
  case notifyHost = "notify-host"
  case icons
  case barWidth = "bar-width"
  case notify
  case local
  case demo

  /// Given without a value on the command line.
  var isFlag: Bool {
    switch self {
    case .noUrgent, .json, .notify, .local: true
    default: false
    }
  }

  /// What stands for the value in the help.
  var placeholder: String {
    switch self {
    case .ttl, .wait, .maxAge: "DURATION"
    case .window: "NAME"
    case .show: "used|remaining"
    case .warning, .critical: "PERCENT"
    case .format, .shortFormat, .tooltipFormat: "TEMPLATE"
    case .colorOK, .colorWarning, .colorCritical, .colorMuted: "#RRGGBB"
    case .refreshLogin: "yes|no"
    case .markup: "pango|none"
    case .noUrgent, .json, .notify, .local: "yes|no"
    case .demo: "STATE"
    case .notifyHost: "HOST:N,…"
    case .icons: "nerd|emoji|ascii|none"
    case .barWidth: "CELLS"
    }
  }

  /// Behind the option's name in the help.
  var valueInHelp: String {
    self == .demo ? "[=\(placeholder)]" : isFlag ? "" : " \(placeholder)"
  }

  var summary: String {
    switch self {
    case .ttl: "show a reading younger than this as it is (default 2m)"
    case .wait: "how long a reading that is due may wait for its refresh (default 2s)"
    case .maxAge: "no longer show figures older than this (default 1d)"
    case .window:
      "the limit in the headline: auto (the one that binds), 5h, week, month,\ncore-5h, core-week, core-month, standard, premium"
    case .show: "what percentages count (default used)"
    case .warning: "used share where warning begins (default 75)"
    case .critical: "used share where critical begins (default 90)"
    case .format: "the text, e.g. '{window} {percent}{countdown? in {countdown}{/}'"
    case .shortFormat: "the short text"
    case .tooltipFormat: "the tooltip"
    case .colorOK: "colour of an ok reading (default: the bar's own)"
    case .colorWarning: "colour of a warning"
    case .colorCritical: "colour of critical and limited"
    case .colorMuted: "colour of idle, stale and unknown"
    case .refreshLogin: "no: only read the login, never refresh it (default yes)"
    case .noUrgent: "i3blocks: always exit 0"
    case .markup: "whether text may hold Pango markup (i3blocks)"
    case .json: "i3blocks: for a block with format=json"
    case .icons: "a sign before the text (default none)"
    case .barWidth: "cells of a bar, 1 to 40 (default 10; status: by the terminal's width)"
    case .notify: "a desktop notice when a limit nears, is full, or opens again (notify-send)"
    case .local: "today's tokens by model, from droid's session files on this machine"
    case .demo:
      "a built-in account instead of yours; STATE (default ok) is one of\n\(DemoState.names(7))"
    case .notifyHost: "tell your bars of a change: waybar:N, i3blocks:N (their signal N), polybar"
    }
  }

  static let environmentPrefix = "DROIDBAR_"

  /// `ttl` → `DROIDBAR_TTL`.
  var environmentName: String {
    Self.environmentPrefix + String(rawValue.map { $0 == "-" ? "_" : $0 }).uppercased()
  }
}
