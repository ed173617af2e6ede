import BarOutput

/// Shell completion scripts, from the same table as the help.
enum Completions {
  static func text(_ shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  private static let commands = Host.names + Command.Name.names
  /// The arguments and options of each command, and of each host with options of its own.
  private static let cases =
    Command.Name.allCases.map { ($0.rawValue, $0.argumentValues, $0.options) }
    + Host.allCases.filter { !$0.format.ownOptions.isEmpty }
    .map { ($0.rawValue, [], OptionInfo.of($0)) }
  /// The options that every host has.
  private static let commonOptions = OptionInfo.of(.plain)

  private static var bash: String {
    var values = ""
    for option in OptionInfo.all {
      let action: String
      switch option.value {
      case .flag: continue
      case .choice(let choices, _, let isOptional):
        let condition = isOptional ? "[[ $attached ]] && " : ""
        let list = choices.joined(separator: " ")
        action =
          "\(condition)COMPREPLY=($(compgen -W \"\(list)\" -- \"$cur\")); \(condition)return"
      case .file: action = #"compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur")); return"#
      case .text: action = "return"
      }
      values += "    \(option.name)) \(action) ;;\n"
    }
    let cases = cases.map { name, arguments, options in
      let words = arguments + options.map { $0.name } + ["--help"]
      return "    \(name)) words=\"\(words.joined(separator: " "))\" ;;\n"
    }
    let readingOptions = commonOptions.map { $0.name } + ["--help"]
    return """
      # bash completion for droidbar
      _droidbar() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} attached= words
        # "--demo=cr" arrives as three words.
        if [[ $cur == = ]]; then
          cur= attached=1
        elif [[ $prev == = ]]; then
          prev=${COMP_WORDS[COMP_CWORD-2]} attached=1
        fi
        COMPREPLY=()
        if ((COMP_CWORD == 1)); then
          COMPREPLY=($(compgen -W "\(commands.joined(separator: " ")) --help --version" -- "$cur"))
          return
        fi
        case $prev in
      \(values)  esac
        case ${COMP_WORDS[1]} in
      \(cases.joined())    *) words="\(readingOptions.joined(separator: " "))" ;;
        esac
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
      }
      complete -F _droidbar droidbar

      """
  }

  private static var zsh: String {
    func spec(_ option: OptionInfo) -> String {
      let summary = escaped(option.summary, ["[", "]", ":"])
      let spec =
        switch option.value {
        case .flag: "\(option.name)[\(summary)]"
        case .choice(let values, _, let isOptional):
          "\(option.name)=\(isOptional ? "-" : "")[\(summary)]:\(isOptional ? ":" : "")value:(\(values.joined(separator: " ")))"
        case .file: "\(option.name)=[\(summary)]:file:_files"
        case .text(let placeholder):
          "\(option.name)=[\(summary)]:\(escaped(placeholder, [":"])):"
        }
      return "      '\(quoted(spec))' \\\n"
    }
    let cases = cases.map { name, arguments, options in
      let argument =
        arguments.isEmpty
        ? "" : "      '2:argument:(\(arguments.joined(separator: " ")))' \\\n"
      return "    \(name)) _arguments \\\n" + options.map(spec).joined()
        + argument + "      '1: :' '--help[show help]' ;;\n"
    }
    return """
      #compdef droidbar
      # zsh completion for droidbar
      _droidbar() {
        if ((CURRENT == 2)); then
          compadd -- \(commands.joined(separator: " ")) --help --version
          return
        fi
        case $words[2] in
      \(cases.joined())    *) _arguments \\
      \(commonOptions.map(spec).joined())      '1: :' '--help[show help]' ;;
        esac
      }
      # Autoloaded from $fpath, this file is the function; sourced, it defines it.
      if [[ $funcstack[1] == _droidbar ]]; then
        _droidbar "$@"
      else
        compdef _droidbar droidbar
      fi

      """
  }

  private static var fish: String {
    func line(_ option: OptionInfo, _ condition: String) -> String {
      var line = "complete -c droidbar -n '\(condition)' -l \(option.name.dropFirst(2))"
      switch option.value {
      case .flag: break
      case .choice(let values, _, let isOptional):
        line += "\(isOptional ? "" : " -x") -a '\(values.joined(separator: " "))'"
      case .file: line += " -r -F"
      case .text: line += " -x"
      }
      return line + " -d '\(escaped(option.summary, ["\\", "'"]))'\n"
    }
    var text = """
      # fish completion for droidbar
      complete -c droidbar -f
      complete -c droidbar -n __fish_use_subcommand -a '\(Host.names.joined(separator: " "))' -d 'print usage'
      complete -c droidbar -n __fish_use_subcommand -l version -d 'print the version'
      complete -c droidbar -l help -d 'show help'

      """
    for option in OptionInfo.ofReading {
      let owners = Host.allCases.filter { $0.format.ownOptions.contains(option.name) }
      let names = owners.isEmpty ? Host.names : owners.map { $0.rawValue }
      // The host is the command itself, not the argument of another one.
      text += line(
        option,
        "__fish_seen_subcommand_from \(names.joined(separator: " ")); and not __fish_seen_subcommand_from \(Command.Name.names.joined(separator: " "))"
      )
    }
    for command in Command.Name.allCases {
      let condition = "__fish_seen_subcommand_from \(command.rawValue)"
      text += "complete -c droidbar -n __fish_use_subcommand -a \(command.rawValue)"
      text += " -d '\(escaped(command.summary, ["\\", "'"]))'\n"
      if !command.argumentValues.isEmpty {
        text += "complete -c droidbar -n '\(condition)'"
        text += " -a '\(command.argumentValues.joined(separator: " "))'\n"
      }
      for option in command.options { text += line(option, condition) }
    }
    return text
  }

  private static func escaped(_ text: String, _ special: [Character]) -> String {
    text.reduce(into: "") { result, character in
      if special.contains(character) { result += "\\" }
      result.append(character)
    }
  }

  /// For single quotes in zsh.
  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}
