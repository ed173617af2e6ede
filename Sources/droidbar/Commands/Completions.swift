import BarOutput

enum Shell: String, CaseIterable {
  case bash
  case zsh
  case fish
}

/// What a shell needs to complete our words, made from the tables the arguments are read with.
enum Completions {
  private static let hosts = Host.allCases.map(\.rawValue)
  private static let names = Command.Name.allCases.map(\.rawValue)
  private static let options =
    SettingKey.allCases.map { "--\($0.rawValue)" } + [
      "--watch", "--signal", "--config", "--help",
    ]

  static func text(_ shell: Shell) -> String {
    let words = (hosts + names).joined(separator: " ")
    let options = options.joined(separator: " ")
    let hostWords = hosts.joined(separator: " ")
    let states = DemoState.allCases.map { "--demo=\($0.rawValue)" }.joined(separator: " ")
    switch shell {
    case .bash:
      return """
        # droidbar(1) completion for bash
        _droidbar() {
          local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]:-}
          if [ "$COMP_CWORD" -eq 1 ]; then
            COMPREPLY=($(compgen -W "\(words) --help --version" -- "$word"))
            return
          fi
          case $command in
            snippet | setup) COMPREPLY=($(compgen -W "\(hostWords) --dry-run --remove" -- "$word")) ;;
            completions) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")) ;;
            help) COMPREPLY=($(compgen -W "\(words) formats" -- "$word")) ;;
            refresh) COMPREPLY=($(compgen -W "--force \(options)" -- "$word")) ;;
            doctor) COMPREPLY=($(compgen -W "--json" -- "$word")) ;;
            guard) COMPREPLY=($(compgen -W "--min-remaining --window" -- "$word")) ;;
            *) COMPREPLY=($(compgen -W "\(options) \(states)" -- "$word")) ;;
          esac
        }
        complete -o default -F _droidbar droidbar

        """
    case .zsh:
      return """
        #compdef droidbar
        # droidbar(1) completion for zsh
        _droidbar() {
          if (( CURRENT == 2 )); then
            compadd -- \(words) --help --version
            return
          fi
          case $words[2] in
            snippet|setup) compadd -- \(hostWords) --dry-run --remove ;;
            completions) compadd -- bash zsh fish ;;
            help) compadd -- \(words) formats ;;
            refresh) compadd -- --force \(options) ;;
            doctor) compadd -- --json ;;
            guard) compadd -- --min-remaining --window ;;
            *) compadd -- \(options) \(states) ;;
          esac
        }
        _droidbar "$@"

        """
    case .fish:
      let settings = SettingKey.allCases.map { key in
        let summary =
          key.summary.split(separator: "\n").first.map { $0.split(separator: "'").joined() } ?? ""
        return
          "complete -c droidbar -n 'not __fish_use_subcommand' -l \(key.rawValue)\(key.isFlag || key == .demo ? "" : " -x") -d '\(summary)'"
      }
      return """
        # droidbar(1) completion for fish
        complete -c droidbar -f
        complete -c droidbar -n __fish_use_subcommand -a '\(words)'
        complete -c droidbar -n '__fish_seen_subcommand_from snippet setup' -a '\(hostWords)'
        complete -c droidbar -n '__fish_seen_subcommand_from completions' -a 'bash zsh fish'
        complete -c droidbar -n 'not __fish_use_subcommand' -l watch -d 'stay, and print what changes'
        \(settings.joined(separator: "\n"))

        """
    }
  }
}
