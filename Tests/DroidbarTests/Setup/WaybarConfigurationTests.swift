import Testing

@testable import droidbar

@Suite("setup waybar")
struct WaybarConfigurationTests {
  private func added(_ text: String, bar: String? = nil) throws -> String {
    try WaybarConfiguration.configuration.added(to: text, bar: bar)
  }

  private func removed(_ text: String) -> String {
    WaybarConfiguration.configuration.removed(from: text)
  }

  private func module(_ text: String) throws -> BarJSON.Value? {
    let root = try BarJSON.parse(ConfigurationText(Array(text.utf8)))
    return root.member("custom/droid")?.item.value
  }

  @Test("The name is the first of the right list, on a line of its own where the others have one")
  func position() throws {
    let line = try added(
      "{\n  \"modules-left\": [\"a\"],\n  \"modules-right\": [\"b\", \"c\"]\n}\n")
    #expect(line.contains("\"modules-right\": [\"custom/droid\", \"b\", \"c\"]"))
    let lines = try added("{\n  \"modules-right\": [\n    \"b\",\n    \"c\"\n  ]\n}\n")
    #expect(lines.contains("[\n    \"custom/droid\",\n    \"b\",\n    \"c\"\n  ]"))
  }

  @Test("The module has the indentation of the file")
  func indentation() throws {
    #expect(
      try added("{\n\t\"modules-right\": []\n}\n").contains(
        "\n\t\"custom/droid\": {\n\t\t\"exec\": \"droidbar waybar\","))
    #expect(
      try added("{\n    \"modules-right\": []\n}\n").contains(
        "\n    \"custom/droid\": {\n        \"exec\": \"droidbar waybar\","))
  }

  @Test("The signal is one that no other module uses")
  func signal() throws {
    let text = try added("{\n  \"modules-right\": [],\n  \"custom/a\": {\"signal\": 8}\n}\n")
    #expect(text.contains("\"signal\": 9,") && text.contains("--notify-host waybar:9"))
  }

  @Test("--bar chooses by name, by output, or by number")
  func bar() throws {
    let text =
      "[{\"name\":\"top\",\"modules-left\":[]},\n{\"output\":\"DP-1\",\"modules-left\":[]}]"
    for (bar, isSecond) in [(nil, false), ("top", false), ("DP-1", true), ("2", true)] {
      let after = try added(text, bar: bar)
      #expect(after.hasPrefix("[{\"name\":\"top\",\"modules-left\":[]}") == isSecond)
      #expect(removed(after) == text)
    }
    #expect(throws: SetupError.noBar(named: "x", known: ["top", "DP-1"])) {
      try added(text, bar: "x")
    }
  }

  @Test("--bar adds the module to another bar too")
  func secondBar() throws {
    let text =
      "[{\"name\":\"top\",\"modules-left\":[]},\n{\"name\":\"bottom\",\"modules-left\":[]}]"
    let both = try added(try added(text), bar: "bottom")
    #expect(both.split(separator: "\"exec\": \"droidbar waybar\"").count == 3)
    #expect(removed(both) == text)
  }

  @Test("A second setup keeps what the user changed in the module")
  func keepsEdits() throws {
    let text = try added("{\n  \"modules-right\": [\"a\"]\n}\n")
      .replacing("\"interval\": 10", with: "\"interval\": 30, \"max-length\": 20")
    #expect(try added(text) == text)
    let unlisted = text.replacing("\"custom/droid\", ", with: "")
    #expect(try added(unlisted) == text)
  }

  @Test("Removing finds the module and its name where the user moved or reformatted them")
  func removesMoved() throws {
    let text = """
      {
        "modules-left": ["a","custom/droid"],
        "group/x": { "modules": [
          "b",
          "custom/droid",
          "c" ] },
        "custom/droid": { "exec": "droidbar waybar",
          "interval": 10 },
        "modules-center": [ "custom/droid" ]
      }

      """
    #expect(
      removed(text) == """
        {
          "modules-left": ["a"],
          "group/x": { "modules": [
            "b",
            "c" ] },
          "modules-center": [  ]
        }

        """)
    #expect(try module(removed(text)) == nil)
  }

  @Test("Somebody else's custom/droid is not removed")
  func foreign() {
    let text = "{\"modules-left\": [], \"custom/droid\": {\"exec\": \"date\"}}"
    #expect(removed(text) == text)
    let similar = "{\"modules-left\": [\"custom/droid2\", \"custom/droid#2\"]}"
    #expect(removed(similar) == similar)
  }
}
