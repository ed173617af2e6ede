import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

@Suite("setup of i3bar, tmux and droid")
struct OtherConfigurationTests {
  private let home: SetupHome

  init() throws {
    home = try SetupHome()
  }

  private func run(
    _ host: BarOutput.Host, _ task: SetupTask = .add, bar: String? = nil
  ) -> Outcome {
    home.run(host, SetupOptions(task: task, bar: bar))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let host: BarOutput.Host
    let path: String
    let text: String
    var testDescription: String { "\(host): \(text.debugDescription)" }
  }

  private static let rows =
    [
      "{\n  // mine\n  \"model\": \"x\", /* { */\n}\n", "{}", "{\"a\": [1, 2]}", "{ \"a\": {} }\n",
      "{\r\n\t\"a\": 1\r\n}\r\n", "{\n    \"a\": 1,\n    \"b\": \"}\"\n}",
    ].map { Row(host: .droid, path: ".factory/settings.json", text: $0) }
    + [
      "set -g status-right 'x'\n", "", "set -g status-interval 1\nrun '~/.tmux/plugins/tpm/tpm'",
      "# set -g status-interval 5\r\n",
    ].map { Row(host: .tmux, path: ".tmux.conf", text: $0) }
    + [
      "bar {\n\tposition top\n\tcolors {\n\t\tbackground #000\n\t}\n}\n", "set $mod Mod4",
      "bar {\n}\n", "bar {\n  swaybar_command waybar\n}\n",
      "bar top {\n  status_command i3status\n}\nbar bottom {\n  id b\n}\n# end",
    ].map { Row(host: .i3bar, path: ".config/sway/config", text: $0) }

  @Test(
    "Adds the module, does nothing the second time, and --remove restores every byte",
    arguments: rows)
  func roundTrip(row: Row) throws {
    try home.put(row.path, row.text)
    #expect(run(row.host).status == 0)
    let added = try #require(home.read(row.path))
    #expect(added != row.text)
    #expect(added.contains("droidbar \(row.host.rawValue)"))
    if row.host == .droid {
      let plain = added.replacing("// mine", with: "").replacing("/* { */", with: "")
        .replacing(",\n}", with: "\n}")
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(plain.utf8)) }
    }
    #expect(run(row.host).output.contains("is already set up"))
    #expect(home.read(row.path) == added)
    #expect(run(row.host, .remove).status == 0)
    // A file without content is removed.
    #expect(home.read(row.path) ?? "" == row.text)
  }

  @Test(
    "--remove removes a block that was pasted twice",
    arguments: [
      (BarOutput.Host.tmux, ".tmux.conf", "set -g mouse on\n"),
      (.i3blocks, ".config/i3blocks/config", "[time]\ncommand=date\n"),
      (.i3bar, ".config/i3/config", "font pango:x\n"),
    ])
  func pastedTwice(host: BarOutput.Host, path: String, text: String) throws {
    try home.put(path, text)
    #expect(run(host).status == 0)
    let block = try #require(home.read(path)).replacing(text, with: "")
    try home.put(path, text + block + block)
    #expect(run(host, .remove).status == 0)
    #expect(home.read(path) == text)
  }

  @Test("A file that setup created is removed again", arguments: [BarOutput.Host.tmux, .droid])
  func created(host: BarOutput.Host) throws {
    #expect(run(host).output.contains("Created \(home.path)"))
    #expect(run(host, .remove).output.contains("Removed \(home.path)"))
    let left = FileManager.default.enumerator(atPath: home.path)?.compactMap { $0 as? String } ?? []
    #expect(
      left.filter { $0.hasSuffix(".conf") || $0.hasSuffix(".json") || $0.contains("droidbar-") }
        .isEmpty)
  }

  @Test("A bar with another status command, and another status line, are refused")
  func foreign() throws {
    try home.put(".config/i3/config", "bar {\n  status_command i3status\n}\n")
    let bar = run(.i3bar)
    #expect(bar.status == 1)
    #expect(bar.errors.contains("line 2: the bar already runs 'i3status'"))
    try home.put(".factory/settings.json", "{\n  \"statusLine\": {\"command\": \"mine\"}\n}\n")
    let line = run(.droid)
    #expect(line.status == 1)
    #expect(line.errors.contains("line 2: it already has statusLine"))
    #expect(run(.droid, .remove).output.contains("does not use droidbar"))
  }

  @Test("--bar chooses a bar by its name or id")
  func chosen() throws {
    let text = "bar {\n  id one\n}\nbar {\n  id two\n}\n"
    try home.put(".config/sway/config", text)
    #expect(run(.i3bar, bar: "three").errors.contains("--bar with one of: one, two"))
    #expect(run(.i3bar, bar: "two").status == 0)
    let lines = try #require(home.read(".config/sway/config")).split(separator: "\n")
    #expect(lines.firstIndex { $0.contains("status_command") } == 5)
    #expect(run(.i3bar, .remove).status == 0)
    #expect(home.read(".config/sway/config") == text)
  }

  @Test("Lines that the user moved or edited are removed without the rest")
  func moved() throws {
    try home.put(".tmux.conf", "set -g status-right 'a #(droidbar tmux) b'\n")
    #expect(run(.tmux).output.contains("is already set up"))
    #expect(run(.tmux, .remove).status == 0)
    #expect(home.read(".tmux.conf") == "set -g status-right 'a b'\n")
    try home.put(
      ".factory/settings.json",
      "{\n  \"a\": 1,\n  \"statusLine\": {\n    \"command\": \"~/.local/bin/droidbar droid\"\n  }\n}\n"
    )
    #expect(run(.droid, .remove).status == 0)
    #expect(home.read(".factory/settings.json") == "{\n  \"a\": 1\n}\n")
  }

  @Test("droid's settings are in its own home")
  func override() throws {
    let other = ["FACTORY_HOME_OVERRIDE": home.path + "/other"]
    try home.put("other/.factory/settings.json", "{}")
    #expect(home.run(.droid, SetupOptions(task: .add), variables: other).status == 0)
    #expect(home.read("other/.factory/settings.json")?.contains("droidbar droid") == true)
    #expect(home.read(".factory/settings.json") == nil)
  }
}
