import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

/// The man page and README's tables are generated from the command table.
/// `DROIDBAR_RECORD=1 swift test` rewrites the files and then fails, so that the difference is reviewed.
@Suite("Documentation", .serialized)
struct DocumentationTests {
  @Test("The man page describes every command, option and exit status")
  func manPage() throws {
    try Repository.compare(ManPage.text, with: "integrations/man/droidbar.1")
  }

  @Test("README's tables match the program", arguments: ["commands", "options"])
  func readme(section: String) throws {
    let text = try Repository.text("README.md")
    let begin = try #require(text.range(of: "<!-- \(section) -->\n"))
    let end = try #require(text.range(of: "<!-- end of \(section) -->"))
    let table = section == "commands" ? Self.commands : Self.options
    try Repository.compare(
      text[..<begin.upperBound] + table + text[end.lowerBound...], with: "README.md")
  }

  private static var commands: String {
    let lines =
      [
        ("droidbar HOST [OPTIONS]", "print the current usage for that host"),
        ("droidbar HOST --watch", "keep running; print a line whenever the output changes"),
      ] + Command.Name.allCases.map { ($0.usage, $0.summary) }
    let width = lines.map(\.0.count).max() ?? 0
    return "```\n"
      + lines.map { $0.0.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.1 + "\n" }
      .joined()
      + "```\n"
  }

  private static var options: String {
    "| option | default | |\n|---|---|---|\n"
      + OptionInfo.ofReading.map { option in
        var summary = option.summary
        if case .choice(let values, let placeholder, _) = option.value,
          placeholder != values.joined(separator: "|")
        {
          summary += ": " + values.map { "`\($0)`" }.joined(separator: ", ")
        }
        let usage = option.usage.replacing("|", with: "\\|")
        return "| `\(usage)` | \(option.defaultValue.map { "`\($0)`" } ?? "") | \(summary) |\n"
      }.joined()
  }
}

/// https://man.openbsd.org/man.7
private enum ManPage {
  static var text: String {
    """
    .TH DROIDBAR 1 "" "droidbar \(Product.version)" "User Commands"
    .SH NAME
    droidbar \\- show Factory (Droid) plan usage in a status bar
    .SH SYNOPSIS
    .B droidbar
    .I HOST
    .RI [ OPTIONS ]
    \(Command.Name.allCases.map { ".br\n\(escaped($0.usage))" }.joined(separator: "\n"))
    .SH DESCRIPTION
    droidbar reads from a small local cache and contacts Factory only when the cache is out of date.
    It refreshes your login only when necessary, safely alongside the droid CLI.
    .PP
    HOST is one of \(escaped(Host.allCases.map { $0.rawValue }.joined(separator: ", "))).
    A reading always exits 0 and shows any problem in the bar (i3blocks: 33 for urgent).
    Other commands exit 64 on invalid arguments.
    .SH OPTIONS FOR HOST
    Most options can also be set as DROIDBAR_<OPTION> in the environment or as 'option = value' in the
    configuration file. Command line beats environment, environment beats the section [HOST] of the file,
    and that beats the top of the file. A DURATION is 90, 90s, 2m, 1h or 7d.
    \(OptionInfo.ofReading.map(option).joined(separator: "\n"))
    .SH COMMANDS
    \(Command.Name.allCases.map(command).joined(separator: "\n"))
    .SH FILES
    .TP
    .I ~/.config/droidbar/config
    settings
    .TP
    .I ~/.cache/droidbar/
    the last usage; never a token
    .TP
    .I ~/.local/state/droidbar/
    history, back-off, and a refreshed login that could not be written to droid's store yet
    .TP
    .I ~/.factory/
    droid's login; written only to store a refreshed one
    .SH ENVIRONMENT
    HOME, XDG_CACHE_HOME, XDG_STATE_HOME, XDG_CONFIG_HOME, FACTORY_HOME_OVERRIDE, FACTORY_API_KEY,
    FACTORY_DISABLE_KEYRING, FACTORY_API_BASE_URL, FACTORY_WORKOS_BASE_URL, HTTPS_PROXY, NO_PROXY,
    SSL_CERT_FILE, NO_COLOR, LC_ALL, LC_TIME, TZ, BLOCK_BUTTON.
    .SH EXAMPLES
    .nf
    droidbar waybar \\-\\-demo
    droidbar setup waybar
    droidbar guard \\-\\-min\\-remaining 10 || exit 1
    .fi

    """
  }

  private static func option(_ option: OptionInfo) -> String {
    var summary = option.summary
    if case .choice(let values, let placeholder, _) = option.value,
      placeholder != values.joined(separator: "|")
    {
      summary += ": " + values.joined(separator: ", ")
    }
    if let value = option.defaultValue { summary += " (default \(value))" }
    return ".TP\n.B \(escaped(option.usage))\n\(escaped(summary))"
  }

  private static func command(_ name: Command.Name) -> String {
    var text = ".SS \(escaped(name.usage))\n\(escaped(name.summary))."
    for status in name.exitStatuses {
      text += "\n.br\nExit status \(status.status): \(escaped(status.meaning))."
    }
    for info in name.options { text += "\n" + option(info) }
    return text
  }

  private static func escaped(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix("'") || escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}
