import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

@Suite("setup")
struct SetupTests {
  let folder: SetupHome
  var home: String { folder.path }

  init() throws {
    folder = try SetupHome()
  }

  static let waybar = [
    "{\n  // my bar\n  \"layer\": \"top\", /* [ { */\n  \"modules-left\": [\"sway/workspaces\"],\n  \"modules-right\": [\"clock\", \"tray\",],\n  \"clock\": {\"format\": \"{:%H:%M} // not a comment\", \"modules-right\": [1]}\n}\n",
    "{\"modules-right\":[]}", "{ \"modules-center\" : [ \"clock\" ] , }",
    "// first\n{\"modules-left\": [\n  \"a\" // b\n]}", "{\r\n  \"modules-left\": []\r\n}\r\n",
    "\u{feff}{\n\t\"modules-right\": [\n\t\t\"clock\"\n\t]\n}",
    "[{\"modules-left\":[]},{\"modules-left\":[]}]",
    "{\n    \"modules-right\": [\n        \"battery\",\n        \"clock\"\n    ]\n}\ntrailing text\n",
  ]
  static let i3blocks = [
    "# mine\ncommand=/x/$BLOCK_NAME\n\n[time]\ninterval=1", "", "[a]\nlabel= x \n\n",
    "# top\r\n\r\n# the time\r\n[time]\r\nsignal=8\r\n", "\u{feff}# a\n[time]\n", "markup=pango",
  ]
  static let polybar = [
    "; mine\n[bar/top]\nwidth = 100%\nmodules-left = a b\nmodules-right = cpu memory  \n\n[module/cpu]\ntype = internal/cpu\n",
    "[bar/x]\nmodules-center=",
    "[colors]\na = #fff\n[bar/x]\n  modules-left = a\n[module/y]\nmodules-right = z",
    "[bar/x]\r\nmodules-right = \"a b\"\r\n", "[bar/a]\nmodules-left=a\n[bar/b]\nmodules-left=a\n",
    "[bar/a]\ninclude-file = x\nmodules-left = a\n", "[bar/a]\nmodules-left =\n; vim:ft=dosini\n",
    "[bar/a]\nmodules-left = droidcam\n", "[bar/a]\nwidth = 3\n", "[bar/a]",
    "[bar/a]\nmodules-right = ${env:LIST:x y}\n", "[bar/a]\nmodules-right = ${env:LIST:}\n",
    "[bar/a]\nmodules-right = ${env:LIST:x}\nmodules-left = b\n",
    "[layout]\nright = x y\n[bar/a]\nmodules-right = ${layout.right}\n",
    "[bar/base]\nmodules-right = x\n[bar/real]\ninherit = bar/base\nmodules-right = y\n",
    "[section/base]\nmodules-center = \"x\"\n[bar/a]\ninherit = section/base\n",
  ]

  static let cases: [(host: BarOutput.Host, path: String, text: String)] =
    waybar.map { (.waybar, "waybar/config", $0) }
    + i3blocks.map { (.i3blocks, "i3blocks/config", $0) }
    + polybar.map { (.polybar, "polybar/config.ini", $0) }

  /// Writes a file below `.config`, and returns its path.
  func put(_ path: String, _ text: String) throws -> String {
    try folder.put(".config/" + path, text)
  }

  func run(
    _ host: BarOutput.Host, _ task: SetupTask, isDryRun: Bool = false, bar: String? = nil,
    file: String? = nil
  ) -> Outcome {
    folder.run(host, SetupOptions(task: task, isDryRun: isDryRun, bar: bar, file: file))
  }

  /// The bytes as text: a byte order mark stays visible.
  func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(home)/.config/\(folder)").sorted()
  }

  @Test("adds the module, and --remove restores every byte", arguments: 0..<cases.count)
  func roundTrip(index: Int) throws {
    let (host, path, text) = Self.cases[index]
    let file = try put(path, text)
    chmod(file, 0o640)

    let shown = run(host, .add, isDryRun: true)
    #expect(shown.status == 0)
    #expect(shown.output.contains("@@") && shown.output.contains("droid"))
    #expect(try read(file).utf8.elementsEqual(text.utf8))

    let added = run(host, .add)
    #expect(added.status == 0, "\(added.errors)")
    let after = try read(file)
    #expect(after.contains("droidbar \(host.rawValue)"))
    #expect(after.contains("\r\n") == text.contains("\r\n"))
    if text.contains("\r\n") { #expect(!after.replacing("\r\n", with: "").contains("\n")) }
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o640)

    let folder = (path as NSString).deletingLastPathComponent
    let backup = try #require(try files(in: folder).first { $0.contains(".droidbar-2026") })
    #expect(added.output.contains(backup))
    #expect(try read("\(home)/.config/\(folder)/\(backup)").utf8.elementsEqual(text.utf8))

    #expect(run(host, .add).output.contains("already set up"))
    #expect(try read(file) == after)

    #expect(run(host, .remove, isDryRun: true).status == 0)
    #expect(try read(file) == after)
    #expect(run(host, .remove).status == 0)
    #expect(try read(file).utf8.elementsEqual(text.utf8))
    #expect(run(host, .remove).output.contains("does not use droidbar"))
    // The second change in the same second has a backup of its own.
    #expect(try files(in: folder).filter { $0.hasPrefix(backup) }.count == 2)
    #expect(try read("\(home)/.config/\(folder)/\(backup)").utf8.elementsEqual(text.utf8))
  }

  static let refused: [(host: BarOutput.Host, path: String, text: String, reason: String)] = [
    (.waybar, "waybar/config", "{\n torn", "line 2"),
    (.waybar, "waybar/config", "{\"include\":[\"x\"],\"layer\":\"top\"}", "--file"),
    (.waybar, "waybar/config", "{\"modules-left\":[],\"custom/droid\":{}}", "rename it"),
    (.waybar, "waybar/config", "{}", "modules-right"),
    (.waybar, "waybar/config", "{\"modules-right\":\"x\"}", "modules list"),
    (.i3blocks, "i3blocks/config", "[droid]\ncommand=x\n", "line 1"),
    (.i3blocks, "i3blocks/config", "what is this\n", "expected [section] or key=value"),
    (.polybar, "polybar/config.ini", "[bar/a]\nmodules-left = ${x.y}\n", "line 2"),
    (.polybar, "polybar/config.ini", "[module/a]\n", "no [bar/…] section"),
    (.polybar, "polybar/config.ini", "[bar/a]\nmodules-right = ${env:LIST}\n", "line 2"),
    (
      .polybar, "polybar/config.ini", "[bar/a]\nmodules-left =\n[module/droid]\ntype = x\n",
      "line 3"
    ),
  ]

  @Test(
    "changes nothing that it cannot edit, says why, and prints the block",
    arguments: 0..<refused.count)
  func refuses(index: Int) throws {
    let (host, path, text, reason) = Self.refused[index]
    let file = try put(path, text)
    let outcome = run(host, .add)
    #expect(outcome.status == 1)
    #expect(outcome.output == host.snippet)
    #expect(outcome.errors.contains(file) && outcome.errors.contains(reason), "\(outcome.errors)")
    #expect(try read(file) == text)
    #expect(try files(in: (path as NSString).deletingLastPathComponent).count == 1)
  }

  @Test("names the places where it looked for a configuration")
  func noFile() {
    let outcome = run(.polybar, .add, file: "\(home)/none.ini")
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("/none.ini"))
    let removal = run(.polybar, .remove)
    #expect(removal.status == 0)
    #expect(removal.output.hasPrefix("Nothing to remove"))
    #expect(removal.output.contains("/.config/polybar/config.ini"))
  }

  @Test("adds waybar's colours to style.css, and removes them")
  func style() throws {
    _ = try put("waybar/config", Self.waybar[0])
    let shown = run(.waybar, .add, isDryRun: true).output
    #expect(shown.contains("+#custom-droid.critical {"))
    #expect(shown.contains("\nWould create \(home)/.config/waybar/style.css"))
    #expect(!shown.contains("waybar/config."))
    #expect(try files(in: "waybar") == ["config"])
    let style = try put("waybar/style.css", "* { color: red; }")
    #expect(run(.waybar, .add, isDryRun: true).output.contains("+#custom-droid.critical {"))
    #expect(run(.waybar, .add).status == 0)
    #expect(try read(style).contains(WaybarStyle.css))
    #expect(run(.waybar, .remove).status == 0)
    #expect(try read(style) == "* { color: red; }")
  }

  @Test("ships the same colours as integrations/waybar/style.css")
  func shippedStyle() throws {
    #expect(try Repository.text("integrations/waybar/style.css") == WaybarStyle.css)
  }

  @Test("creates nothing when the file is read-only, and --dry-run says so too")
  func readOnly() throws {
    let file = try put("i3blocks/config", Self.i3blocks[0])
    chmod(file, 0o440)
    for isDryRun in [true, false] {
      let outcome = run(.i3blocks, .add, isDryRun: isDryRun)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("\(file) is read-only"))
    }
    #expect(try files(in: "i3blocks") == ["config"])
  }
}
