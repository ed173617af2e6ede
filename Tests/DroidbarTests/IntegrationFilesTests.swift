import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

@Suite("The blocks to paste")
struct IntegrationFilesTests {
  private static let root = (1...3).reduce(#filePath) { path, _ in
    (path as NSString).deletingLastPathComponent
  }

  static let files: [BarOutput.Host: String] = [
    .waybar: "waybar/config.jsonc", .i3blocks: "i3blocks/config", .polybar: "polybar/config.ini",
    .i3bar: "i3bar/config", .i3statusRust: "i3status-rust/config.toml",
    .yambar: "yambar/config.yml", .xmobar: "xmobar/xmobarrc", .tmux: "tmux/tmux.conf",
    .prometheus: "prometheus/crontab", .plain: "plain/usage.sh", .json: "json/usage.sh",
  ]

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(Self.root)/integrations/\(name)", encoding: .utf8)
  }

  @Test("Each folder holds what 'snippet' prints", arguments: BarOutput.Host.allCases)
  func snippet(host: BarOutput.Host) throws {
    #expect(try text(#require(Self.files[host])) == SnippetCommand.text(host))
  }

  private func readmeHas(_ text: String) throws -> Bool {
    try String(contentsOfFile: "\(Self.root)/README.md", encoding: .utf8).contains(text)
  }

  @Test(
    "README shows the blocks of the three hosts",
    arguments: [BarOutput.Host.waybar, .i3blocks, .polybar])
  func readme(host: BarOutput.Host) throws {
    #expect(try readmeHas(SnippetCommand.text(host)))
  }

  @Test("README and help name every option", arguments: SettingKey.allCases)
  func options(key: SettingKey) throws {
    #expect(try readmeHas("--\(key.rawValue)"))
    #expect(try HelpCommand.run(topic: nil, world).output.contains("--\(key.rawValue)"))
  }

  private var world: World {
    World(
      environment: Environment([:]), places: nil, clock: { Moment(seconds: 1_795_262_400) },
      clockFace: { _, _ in "Tue 14:00" }, errorsAreATerminal: { false }, terminalWidth: { nil })
  }

  @Test("README's ready-made formats are what 'help formats' prints")
  func formats() throws {
    let printed = try HelpCommand.run(topic: "formats", world).output
    #expect(try readmeHas("```\n\(printed)```"), "\(printed)")
    for line in printed.split(separator: "\n") { #expect(!line.hasSuffix(" "), "\(line)") }
  }

  @Test("README names every host and command")
  func names() throws {
    for host in BarOutput.Host.allCases { #expect(try readmeHas("`\(host.rawValue)`")) }
    for name in Command.Name.allCases { #expect(try readmeHas("droidbar \(name.rawValue)")) }
  }

  @Test("waybar's style knows every class")
  func style() throws {
    let style = try text("waybar/style.css")
    let levels = Level.allCases.map(\.rawValue)
    let problems = [
      "loading", "logged-out", "login-unreadable", "forbidden", "offline", "rate-limited",
      "service-error", "config",
    ]
    for name in levels + problems + ["stale"] {
      #expect(style.contains("#custom-droid.\(name)"), "\(name)")
    }
  }
}
