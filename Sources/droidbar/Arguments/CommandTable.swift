import BarOutput

/// The description of an option, for help, completions and documentation.
struct OptionInfo {
  /// With its dashes.
  let name: String
  let value: OptionValue
  let summary: String
  var defaultValue: String?

  /// `--ttl DURATION`, `--demo[=STATE]`.
  var usage: String {
    switch value {
    case .flag: name
    case .choice(_, let placeholder, let isOptional):
      isOptional ? "\(name)[=\(placeholder)]" : "\(name) \(placeholder)"
    case .file: "\(name) FILE"
    case .text(let placeholder): "\(name) \(placeholder)"
    }
  }

  init(_ name: String, _ value: OptionValue, _ summary: String, defaultValue: String? = nil) {
    self.name = name
    self.value = value
    self.summary = summary
    self.defaultValue = defaultValue
  }

  init(_ setting: Setting) {
    self.init(
      "--\(setting.rawValue)", setting.value, setting.summary, defaultValue: setting.defaultValue)
  }

  static let config = OptionInfo(
    "--config", .file, "configuration file", defaultValue: "~/.config/droidbar/config")

  /// The options of a reading, in the order of the help.
  static let ofReading =
    Setting.allCases.map { OptionInfo($0) } + [
      OptionInfo("--watch", .flag, "keep running and print a line whenever the output changes"),
      OptionInfo(
        "--signal", .text(placeholder: "N"), "with --watch: refresh on SIGRTMIN+N (and SIGUSR1)"),
      OptionInfo("--output", .file, "prometheus: write to FILE, replacing it atomically"), config,
    ]

  /// Those of all hosts and commands, each once.
  static let all = Command.Name.allCases.reduce(into: ofReading) { all, command in
    for option in command.options where !all.contains(where: { $0.name == option.name }) {
      all.append(option)
    }
  }

  /// The options of one host.
  static func of(_ host: Host) -> [OptionInfo] {
    let others = Host.allCases.filter { $0 != host }.flatMap { $0.format.ownOptions }
    return ofReading.filter { !others.contains($0.name) }
  }

  /// The settings that a command without output for a host uses.
  static func of(_ settings: Setting...) -> [OptionInfo] {
    settings.map { OptionInfo($0) } + [config]
  }
}

/// The description of a command, for help, completions and documentation.
extension Command.Name {
  var usage: String {
    switch self {
    case .refresh: "droidbar refresh [--force]"
    case .status: "droidbar status [--history]"
    case .doctor: "droidbar doctor [--json]"
    case .guard: "droidbar guard --min-remaining PERCENT [--window NAME] [--unknown-ok]"
    case .snippet: "droidbar snippet HOST"
    case .setup: "droidbar setup HOST [--dry-run | --remove] [--bar NAME] [--file PATH]"
    case .open: "droidbar open"
    case .completions: "droidbar completions bash|zsh|fish"
    case .help: "droidbar help [COMMAND]"
    }
  }

  var summary: String {
    switch self {
    case .refresh: "fetch the usage if the cache is out of date"
    case .status: "show usage in the terminal"
    case .doctor: "check the installation and suggest fixes"
    case .guard: "check whether enough quota remains, for scripts"
    case .snippet: "print the configuration block for a host"
    case .setup: "add droidbar to a host's configuration, or remove it"
    case .open: "open the usage page in a browser"
    case .completions: "print a shell completion script"
    case .help: "show help for a command, or 'help formats'"
    }
  }

  var options: [OptionInfo] {
    switch self {
    case .refresh:
      [OptionInfo("--force", .flag, "fetch even if the cache is fresh, and ignore the back-off")]
        + OptionInfo.of(.ttl, .refreshLogin, .account, .notify, .notifyCommand, .notifyHost, .local)
    case .status:
      [
        OptionInfo(
          "--history", .flag,
          "show your usual week, the last 8 days, the forecasts and how accurate they were")
      ]
        + OptionInfo.of(
          .ttl, .wait, .maxAge, .window, .show, .warning, .critical, .barWidth, .refreshLogin,
          .account, .local, .demo)
    case .doctor:
      [OptionInfo("--json", .flag, "print JSON")] + OptionInfo.of(.account)
    case .guard:
      [
        OptionInfo(
          "--min-remaining", .text(placeholder: "PERCENT"), "the percentage that must remain"),
        OptionInfo("--unknown-ok", .flag, "exit 0 when the usage is unknown"),
      ] + OptionInfo.of(.window, .ttl, .wait, .maxAge, .refreshLogin, .account, .demo)
    case .setup:
      [
        OptionInfo("--dry-run", .flag, "only print what would change"),
        OptionInfo("--remove", .flag, "remove the block"),
        OptionInfo(
          "--bar", .text(placeholder: "NAME"),
          "which bar to use (default: the first with a modules list)"),
        OptionInfo("--file", .file, "edit FILE instead of the usual configuration file"),
      ]
    case .snippet, .open, .completions, .help: []
    }
  }

  /// The values of the argument after the command.
  var argumentValues: [String] {
    switch self {
    case .snippet: Host.names
    case .setup: BarConfiguration.all.map { $0.host.rawValue }
    case .completions: Shell.names
    case .help:
      Host.names + Command.Name.names + ["formats"]
    default: []
    }
  }

  /// Each exit status and its meaning.
  var exitStatuses: [(status: Int, meaning: String)] {
    switch self {
    case .refresh:
      [
        (0, "fetched, or already fresh"),
        (75, "temporary failure: offline, rate-limited, or a service error"),
        (77, "no usable login"),
      ]
    case .doctor: [(0, "no problems"), (1, "at least one problem")]
    case .open: [(0, "opened"), (1, "the browser could not be started; the URL is printed")]
    case .guard: [(0, "enough remains"), (1, "too little remains"), (2, "unknown")]
    case .setup: [(0, "done, or nothing to do"), (1, "refused")]
    default: []
    }
  }

  var examples: [String] {
    switch self {
    case .refresh: ["droidbar refresh --force"]
    case .status: ["droidbar status --show remaining", "droidbar status --history"]
    case .doctor:
      ["droidbar doctor", "droidbar doctor --json | jq '.checks[] | select(.ok | not)'"]
    case .guard: ["droidbar guard --min-remaining 10 || exit 1"]
    case .snippet: ["droidbar snippet waybar"]
    case .setup: ["droidbar setup waybar --dry-run", "droidbar setup waybar"]
    case .open: ["droidbar open"]
    case .completions:
      [
        "droidbar completions bash >~/.local/share/bash-completion/completions/droidbar",
        "droidbar completions zsh >~/.zfunc/_droidbar",
        "droidbar completions fish >~/.config/fish/completions/droidbar.fish",
      ]
    case .help: ["droidbar help guard", "droidbar help formats"]
    }
  }
}
