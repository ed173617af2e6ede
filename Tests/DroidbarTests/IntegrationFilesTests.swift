import BarOutput
import Foundation
import Testing

@testable import droidbar

@Suite("The blocks to paste")
struct IntegrationFilesTests {
  private static let root = (1...3).reduce(#filePath) { path, _ in
    (path as NSString).deletingLastPathComponent
  }

  static let files: [BarOutput.Host: String] = [
    .waybar: "waybar/config.jsonc", .i3blocks: "i3blocks/config", .polybar: "polybar/config.ini",
    .plain: "plain/usage.sh", .json: "json/usage.sh",
  ]

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(Self.root)/integrations/\(name)", encoding: .utf8)
  }

  @Test("Each folder holds what 'snippet' prints", arguments: BarOutput.Host.allCases)
  func snippet(host: BarOutput.Host) throws {
    #expect(try text(#require(Self.files[host])) == SnippetCommand.text(host))
  }

  @Test(
    "README shows the blocks of the three hosts",
    arguments: [BarOutput.Host.waybar, .i3blocks, .polybar])
  func readme(host: BarOutput.Host) throws {
    let readme = try String(contentsOfFile: "\(Self.root)/README.md", encoding: .utf8)
    #expect(readme.contains(SnippetCommand.text(host)))
  }

  @Test("README and help name every option and every state")
  func documented() throws {
    let readme = try String(contentsOfFile: "\(Self.root)/README.md", encoding: .utf8)
    let help = try HelpCommand.run(topic: nil).output
    for key in SettingKey.allCases {
      #expect(readme.contains("--\(key.rawValue)"), "README: --\(key.rawValue)")
      #expect(help.contains("--\(key.rawValue)"))
    }
    for host in BarOutput.Host.allCases { #expect(readme.contains("`\(host.rawValue)`")) }
    for command in Command.Name.allCases {
      #expect(readme.contains("droidbar \(command.rawValue)"))
    }
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
