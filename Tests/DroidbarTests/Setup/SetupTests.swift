import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

@Suite("setup puts the block into a real configuration, and takes it out to the byte")
struct SetupTests {
  let home = NSTemporaryDirectory() + "droidbar-setup-" + UUID().uuidString

  static let waybar = [
    "{\n  // my bar\n  \"layer\": \"top\", /* [ { */\n  \"modules-left\": [\"sway/workspaces\"],\n  \"modules-right\": [\"clock\", \"tray\",],\n  \"clock\": {\"format\": \"{:%H:%M} // not a comment\", \"modules-right\": [1]}\n}\n",
    "{\"modules-right\":[]}", "{ \"modules-center\" : [ \"clock\" ] , }",
    "// first\n{\"modules-left\": [\n  \"a\" // b\n]}",
  ]
  static let i3blocks = [
    "# mine\ncommand=/x/$BLOCK_NAME\n\n[time]\ninterval=1", "", "[a]\nlabel= x \n\n",
  ]
  static let polybar = [
    "; mine\n[bar/top]\nwidth = 100%\nmodules-left = a b\nmodules-right = cpu memory  \n\n[module/cpu]\ntype = internal/cpu\n",
    "[bar/x]\nmodules-center=",
    "[colors]\na = #fff\n[bar/x]\n  modules-left = a\n[module/y]\nmodules-right = z",
  ]

  static let cases: [(host: BarOutput.Host, path: String, text: String)] =
    waybar.map { (.waybar, "waybar/config", $0) }
    + i3blocks.map { (.i3blocks, "i3blocks/config", $0) }
    + polybar.map { (.polybar, "polybar/config.ini", $0) }

  private func put(_ path: String, _ text: String) throws -> String {
    let file = "\(home)/.config/\(path)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }

  private func run(_ host: BarOutput.Host, _ task: SetupTask) -> Outcome {
    SetupCommand(environment: Environment(["HOME": home])).run(host, task)
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("In and out again, for every layout", arguments: 0..<cases.count)
  func roundTrip(index: Int) throws {
    let (host, path, text) = Self.cases[index]
    let file = try put(path, text)
    defer { try? FileManager.default.removeItem(atPath: home) }
    chmod(file, 0o640)

    let shown = run(host, .show)
    #expect(shown.status == 0)
    #expect(shown.output.contains("@@") && shown.output.contains("droid"))
    #expect(try read(file) == text)

    #expect(run(host, .add).status == 0)
    let after = try read(file)
    #expect(after.contains("droidbar \(host.rawValue)"))
    #expect(try read(file + ".before-droidbar") == text)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o640)

    #expect(run(host, .add).output.contains("set up already"))
    #expect(try read(file) == after)

    #expect(run(host, .remove).status == 0)
    #expect(try read(file) == text)
    #expect(run(host, .remove).output.contains("nothing of droidbar's"))
  }

  @Test("waybar's result says what was there before, and our module")
  func waybarMeaning() throws {
    let after = try WaybarConfiguration.settingUp(Self.waybar[0])
    let value = try #require(JSONValue(commented: Array(after.utf8)))
    #expect(
      value["modules-right"] == .array(["custom/droid", "clock", "tray"].map { .string($0) }))
    #expect(value["custom/droid"]?["exec"] == .string("droidbar waybar"))
    #expect(value["clock"]?["modules-right"] == .array([.integer(1)]))
  }

  @Test("An edited file keeps its edits when ours is taken out")
  func edited() throws {
    let after = try PolybarConfiguration.settingUp(Self.polybar[0])
    let edited = after.replacing("width = 100%", with: "width = 50%") + "[module/new]\n"
    #expect(
      PolybarConfiguration.removing(from: edited)
        == Self.polybar[0].replacing("width = 100%", with: "width = 50%") + "[module/new]\n")
  }

  static let refused: [(host: BarOutput.Host, path: String, text: String)] = [
    (.waybar, "waybar/config", "{ torn"),
    (.waybar, "waybar/config", "[{\"modules-left\":[]},{\"modules-left\":[]}]"),
    (.waybar, "waybar/config", "{\"include\":[\"x\"],\"modules-left\":[]}"),
    (.waybar, "waybar/config", "{\"modules-left\":[],\"custom/droid\":{}}"),
    (.waybar, "waybar/config", "{}"),
    (.waybar, "waybar/config", "{\"modules-right\":\"x\"}"),
    (.waybar, "waybar/config", "{\r\n\"modules-left\":[]}"),
    (.i3blocks, "i3blocks/config", "[droid]\ncommand=x\n"),
    (.i3blocks, "i3blocks/config", "what is this\n"),
    (.polybar, "polybar/config.ini", "[bar/a]\nmodules-left=a\n[bar/b]\nmodules-left=a\n"),
    (.polybar, "polybar/config.ini", "[bar/a]\ninclude-file = x\nmodules-left = a\n"),
    (.polybar, "polybar/config.ini", "[bar/a]\nmodules-left = ${x.y}\n"),
    (.polybar, "polybar/config.ini", "[bar/a]\n"),
  ]

  @Test("What is not understood is left alone, and the block printed", arguments: 0..<refused.count)
  func refuses(index: Int) throws {
    let (host, path, text) = Self.refused[index]
    let file = try put(path, text)
    defer { try? FileManager.default.removeItem(atPath: home) }
    let outcome = run(host, .add)
    #expect(outcome.status == 1)
    #expect(outcome.output == host.snippet)
    #expect(outcome.errors.contains(file))
    #expect(Array(try read(file).utf8) == Array(text.utf8))
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: (file as NSString).deletingLastPathComponent
      ).count == 1)
  }

  @Test("Without a configuration the places that were looked at are named")
  func noFile() {
    let outcome = run(.waybar, .add)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("/.config/waybar/config.jsonc"))
  }

  @Test("A link into a dotfiles folder stays a link")
  func link() throws {
    let target = try put("dotfiles/i3blocks", Self.i3blocks[0])
    defer { try? FileManager.default.removeItem(atPath: home) }
    try FileManager.default.createDirectory(
      atPath: "\(home)/.config/i3blocks", withIntermediateDirectories: true)
    let link = "\(home)/.config/i3blocks/config"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    #expect(run(.i3blocks, .add).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    #expect(try read(target).contains("[droid]"))
  }
}
