import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

/// Which of the user's files `setup` edits.
extension SetupTests {
  @Test("edits the file behind a symbolic link, and keeps the link")
  func link() throws {
    let target = try put("dotfiles/i3blocks", Self.i3blocks[0])
    try FileManager.default.createDirectory(
      atPath: "\(home)/.config/i3blocks", withIntermediateDirectories: true)
    let link = "\(home)/.config/i3blocks/config"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    #expect(run(.i3blocks, .add).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    #expect(try read(target).contains("[droid]"))
  }

  @Test(
    "edits the included file that has the modules list",
    arguments: ["~/.config/waybar/bar.jsonc", "$HOME/.config/waybar/bar.jsonc", "bar.jsonc"])
  func include(name: String) throws {
    let main = try put("waybar/config", "{\"include\": [\"\(name)\"]}")
    let included = try put("waybar/bar.jsonc", "{\n  \"modules-right\": [\"clock\"]\n}\n")
    let before = try read(main)
    #expect(run(.waybar, .add).status == 0)
    #expect(try read(main) == before)
    #expect(try read(included).contains("\"modules-right\": [\"custom/droid\", \"clock\"]"))
    #expect(run(.waybar, .add).output.contains("\(included) is already set up"))
    #expect(run(.waybar, .remove).status == 0)
    #expect(try read(included) == "{\n  \"modules-right\": [\"clock\"]\n}\n")
  }

  @Test(
    "polybar: the name goes into a list that is included in the bar's section, the module into the main file"
  )
  func polybarIncludes() throws {
    let main = try put(
      "polybar/config.ini",
      "[bar/main]\ninclude-file = $XDG_NONE/x\ninclude-directory = lists\nwidth = 50%\n")
    let list = try put("polybar/lists/a.ini", "modules-left = a\nmodules-right = date")
    let (mainText, listText) = (try read(main), try read(list))
    #expect(run(.polybar, .add).status == 0)
    #expect(try read(list) == "modules-left = a\nmodules-right = droid date")
    #expect(try read(main).hasPrefix(mainText))
    #expect(try read(main).contains("[module/droid]"))
    // polybar would read a backup in the folder.
    #expect(try files(in: "polybar/lists") == ["a.ini"])
    #expect(try files(in: "../.local/state/droidbar").count == 1)
    #expect(run(.polybar, .add).output.contains("\(main) is already set up"))
    #expect(run(.polybar, .remove).status == 0)
    #expect(try read(main) == mainText)
    #expect(try read(list) == listText)
  }

  @Test("polybar: a list that refers to an included file counts as set up for doctor too")
  func polybarReference() throws {
    _ = try put(
      "polybar/config.ini",
      "include-file = lists.ini\n[bar/main]\nmodules-right = ${lists.right}\n")
    let list = try put("polybar/lists.ini", "[lists]\nright = date\n")
    #expect(run(.polybar, .add).status == 0)
    #expect(try read(list) == "[lists]\nright = droid date\n")
    let checks = HostChecks(environment: Environment(["HOME": home])).all
    let finding = try #require(checks.first { $0.name == "polybar" }?.finding)
    #expect(!finding.contains("in no modules list"), "\(finding)")
  }

  @Test("--remove finds the module and its name also in different files")
  func removeEverywhere() throws {
    let main = try put(
      "waybar/config",
      "{\n  \"include\": [\"~/.config/waybar/bar.jsonc\"],\n  \"modules-left\": [\"custom/droid\"]\n}\n"
    )
    let included = try put(
      "waybar/bar.jsonc",
      "{\n  \"custom/droid\": {\"exec\": \"droidbar waybar\"},\n  \"clock\": {\"signal\": 8}\n}\n")
    #expect(run(.waybar, .remove).status == 0)
    #expect(try !read(main).contains("droid"))
    #expect(try !read(included).contains("droid"))
    // The signal of another file is not used again.
    #expect(run(.waybar, .add).status == 0)
    #expect(try read(main).contains("\"signal\": 9"))
    #expect(try files(in: "waybar").contains("style.css"))
  }

  @Test("edits the file that --file names")
  func file() throws {
    let file = try put("mine/bar.ini", Self.polybar[0])
    #expect(run(.polybar, .add, file: file).status == 0)
    #expect(try read(file).contains("modules-right = droid cpu memory"))
  }
}
