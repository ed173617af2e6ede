import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

@Suite("Configuration blocks and README")
struct IntegrationFilesTests {
  static let files: [BarOutput.Host: String] = [
    .waybar: "waybar/config.jsonc", .i3blocks: "i3blocks/config", .polybar: "polybar/config.ini",
    .i3bar: "i3bar/config", .i3statusRust: "i3status-rust/config.toml",
    .yambar: "yambar/config.yml", .xmobar: "xmobar/xmobarrc", .tmux: "tmux/tmux.conf",
    .lemonbar: "lemonbar/bar.sh", .droid: "droid/settings.jsonc",
    .prometheus: "prometheus/crontab", .plain: "plain/usage.sh", .json: "json/usage.sh",
  ]

  private func text(_ name: String) throws -> String {
    try Repository.text("integrations/\(name)")
  }

  @Test("Each folder contains the output of 'snippet'", arguments: BarOutput.Host.allCases)
  func snippet(host: BarOutput.Host) throws {
    #expect(try text(#require(Self.files[host])) == host.snippet)
  }

  private func readmeHas(_ text: String) throws -> Bool {
    try Repository.text("README.md").contains(text)
  }

  @Test(
    "README shows the blocks of waybar, i3blocks and polybar",
    arguments: [BarOutput.Host.waybar, .i3blocks, .polybar])
  func readme(host: BarOutput.Host) throws {
    #expect(try readmeHas(host.snippet))
  }

  @Test("README and help name every option", arguments: Setting.allCases)
  func options(key: Setting) throws {
    #expect(try readmeHas("--\(key.rawValue)"))
    #expect(try HelpCommand.run(topic: nil, context).output.contains("--\(key.rawValue)"))
  }

  private var context: Context {
    Context(
      environment: Environment([:]), places: nil, clock: { Moment(seconds: 1_795_262_400) },
      clockFormat: { _ in { _, _, _ in "Tue 14:00" } }, standardErrorIsTerminal: { false },
      terminalWidth: { nil })
  }

  @Test("README shows the example formats of 'help formats' with their output")
  func formats() throws {
    let printed = try HelpCommand.run(topic: "formats", context).output
    for format in HelpCommand.exampleFormats {
      let line = try #require(
        printed.split(separator: "\n").first { $0.hasPrefix("  \(format)  ") })
      #expect(try readmeHas(line.trimmingCharacters(in: .whitespaces)), "\(line)")
    }
  }

  @Test("README names every host and command")
  func names() throws {
    for host in BarOutput.Host.allCases { #expect(try readmeHas("`\(host.rawValue)`")) }
    for name in Command.Name.allCases { #expect(try readmeHas("droidbar \(name.rawValue)")) }
  }

  @Test("waybar's style has a rule for every class but ok, which looks like the rest of the bar")
  func style() throws {
    let style = try text("waybar/style.css")
    let levels = Level.allCases.filter { $0 != .ok }.map(\.rawValue)
    let problems = [
      "loading", "logged-out", "login-unreadable", "forbidden", "offline", "rate-limited",
      "service-error", "config",
    ]
    for name in levels + problems + ["stale"] {
      #expect(style.contains("#custom-droid.\(name)"), "\(name)")
    }
  }
}
