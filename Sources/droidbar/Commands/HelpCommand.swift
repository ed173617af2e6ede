import BarOutput

/// `--help` and `help TOPIC`, made from the same tables that the arguments are read with.
enum HelpCommand {
  static func run(topic: String?, _ world: World) throws(SettingFailure) -> Outcome {
    guard let topic else { return Outcome(output: overview) }
    if topic == ReadyMadeFormats.topic {
      return Outcome(
        output: ReadyMadeFormats.text(now: world.clock(), clock: world.clockFace))
    }
    if Host(rawValue: topic) != nil { return Outcome(output: reading(topic)) }
    guard let name = Command.Name(rawValue: topic) else {
      let known =
        Host.allCases.map(\.rawValue) + Command.Name.allCases.map(\.rawValue)
        + [ReadyMadeFormats.topic]
      throw .unknownCommand(topic, closest: Spelling.closest(to: topic, among: known))
    }
    return Outcome(output: name.usage + "\n\n  " + name.summary + "\n")
  }

  private static var overview: String {
    let commands = Command.Name.allCases.map { "  \(pad($0.usage, 56))\($0.summary)" }
    return """
      Shows how much of a Factory (Droid) plan is used, in the status bar you have.

      Usage:
        droidbar HOST [OPTIONS]                                 print one reading for that host
      \(commands.joined(separator: "\n"))
        droidbar --version

      HOST is one of: \(Host.allCases.map(\.rawValue).joined(separator: ", "))

      \(options)
      Options come from the command line, else from DROIDBAR_<OPTION>, else from the file.
      DURATION: 90, 90s, 2m, 1h, 7d. Try: droidbar waybar --demo

      """
  }

  private static func reading(_ host: String) -> String {
    "droidbar \(host) [OPTIONS]\n\n  print one reading for \(host)\n\n\(options)"
  }

  private static var options: String {
    let settings = SettingKey.allCases.map { key in
      line("--\(key.rawValue)" + key.valueInHelp, key.summary)
    }
    let others = [
      line("--watch", "stay, and print a reading whenever what it says changes"),
      line("--signal N", "with --watch: SIGRTMIN+N refreshes, as SIGUSR1 does"),
      line("--output FILE", "prometheus: write this file, whole at every moment"),
      line("--config FILE", "the configuration (default ~/.config/droidbar/config)"),
    ]
    return "Options of a reading:\n" + (settings + others).joined(separator: "\n") + "\n"
  }

  private static func line(_ option: String, _ summary: String) -> String {
    let lines = summary.split(separator: "\n")
    let rest = lines.dropFirst().map { "\n" + pad("", 31) + $0 }.joined()
    return "  " + pad(option, 29) + (lines.first ?? "") + rest
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

extension Command.Name {
  var usage: String {
    switch self {
    case .refresh: "droidbar refresh [--force]"
    case .status: "droidbar status"
    case .doctor: "droidbar doctor [--json]"
    case .guard: "droidbar guard --min-remaining PERCENT [--window NAME]"
    case .snippet: "droidbar snippet HOST"
    case .setup: "droidbar setup HOST [--dry-run | --remove]"
    case .open: "droidbar open"
    case .completions: "droidbar completions bash|zsh|fish"
    case .help: "droidbar help [COMMAND]"
    }
  }

  var summary: String {
    switch self {
    case .refresh: "fetch when due; exit 0, 75 not now, 77 no usable login"
    case .status: "the same reading for a person at a terminal"
    case .doctor: "check everything a reading depends on; exit 0 or 1"
    case .guard: "exit 0 enough remains, 1 too little, 2 not known"
    case .snippet: "the block to paste into that host's configuration"
    case .setup: "put that block into your configuration, or take it out"
    case .open: "open the usage page"
    case .completions: "what the shell needs to complete these words"
    case .help: "this, or the help of one command; 'help formats': templates to copy"
    }
  }
}
