import Testing

@testable import droidbar

@Suite("setup i3blocks")
struct I3blocksConfigurationTests {
  private func added(_ text: String) throws -> String {
    try I3blocksConfiguration.configuration.added(to: text)
  }

  @Test("The block is the first one, below the settings for all blocks")
  func position() throws {
    let text = try added("separator=true\n\n# The time\n[time]\ninterval=1\n")
    #expect(
      text == """
        separator=true

        # >>> droidbar
        [droid]
        command=droidbar i3blocks
        interval=10
        signal=8

        # <<< droidbar
        # The time
        [time]
        interval=1

        """)
  }

  @Test("The signal is free, and markup for all blocks is used by this one too")
  func signal() throws {
    let text = try added("markup=pango\n[a]\nsignal=8\n[b]\nsignal=9\n")
    #expect(text.contains("signal=10\n"))
    #expect(text.contains("command=droidbar i3blocks --markup pango\n"))
  }

  @Test("A stray comment of an earlier block neither ends the new one nor is removed with it")
  func strayComments() throws {
    let end = "# <<< droidbar\n\n[time]\ninterval=1\n"
    #expect(I3blocksConfiguration.configuration.removed(from: try added(end)) == end)
    #expect(throws: SetupError.notReversible) {
      try added("# >>> droidbar\n\n[time]\ninterval=1\n")
    }
  }

  @Test("A section [droid] that runs droidbar counts as set up, and can be removed")
  func pasted() throws {
    let pasted = "[a]\n\n[droid]\ncommand=~/.local/bin/droidbar i3blocks\ninterval=5\n\n[b]\n"
    #expect(try added(pasted) == pasted)
    #expect(I3blocksConfiguration.configuration.removed(from: pasted) == "[a]\n\n\n[b]\n")
  }
}

@Suite("setup polybar")
struct PolybarConfigurationTests {
  private func added(_ text: String, bar: String? = nil) throws -> String {
    try PolybarConfiguration.configuration.added(to: text, bar: bar)
  }

  private func removed(_ text: String) -> String {
    PolybarConfiguration.configuration.removed(from: text)
  }

  @Test("The name is the first of the right list, also inside quotes")
  func position() throws {
    #expect(
      try added("[bar/a]\nmodules-left = x\nmodules-right = \"b c\"\n")
        .hasPrefix("[bar/a]\nmodules-left = x\nmodules-right = \"droid b c\"\n"))
  }

  @Test("The module goes before an editor's mode line")
  func modeLine() throws {
    #expect(
      try added("[bar/a]\nmodules-left = x\n; vim:ft=dosini\n").hasSuffix("\n; vim:ft=dosini\n"))
  }

  @Test("--bar chooses the bar")
  func bar() throws {
    let text = "[bar/a]\nmodules-left = x\n[bar/b]\nmodules-left = y\n"
    #expect(try added(text).contains("modules-left = droid x"))
    #expect(try added(text, bar: "b").contains("modules-left = droid y"))
    #expect(throws: SetupError.noBar(named: "c", known: ["a", "b"])) { try added(text, bar: "c") }
    let both = try added(try added(text), bar: "b")
    #expect(both.contains("modules-left = droid x") && both.contains("modules-left = droid y"))
    #expect(both.split(separator: "[module/droid]").count == 2)
    #expect(removed(both) == text)
  }

  @Test("Edits outside and inside the block are kept, and removing finds a moved name")
  func edited() throws {
    let before = "[bar/a]\nwidth = 100%\nmodules-left = x\nmodules-right = y\n"
    let edited = try added(before)
      .replacing("width = 100%", with: "width = 50%")
      .replacing("modules-right = droid y", with: "modules-right = y")
      .replacing("modules-left = x", with: "modules-left = x droid")
      .replacing("interval = 10", with: "interval = 60")
    #expect(try added(edited) == edited)
    #expect(removed(edited) == before.replacing("width = 100%", with: "width = 50%"))
  }

  @Test("Somebody else's module of the same name keeps its place")
  func foreign() {
    let text = "[bar/a]\nmodules-left = droid\n[module/droid]\ntype = custom/text\n"
    #expect(removed(text) == text)
  }

  @Test(
    "Bytes that are not UTF-8 are kept", arguments: ["= ", "= \"", "= droid ", "="])
  func invalidText(start: String) throws {
    let bytes = Array("[bar/a]\nmodules-right \(start)".utf8) + [0xff, 0xfe, 0xff]
    let text = ConfigurationText(bytes)
    var files = ConfigurationFiles(texts: [text])
    try PolybarConfiguration.configuration.setUp(&files, bar: nil)
    let wasListed = start.contains("droid")
    if !wasListed { #expect(files.main != text) }
    PolybarConfiguration.configuration.remove(&files)
    if !wasListed { #expect(files.main == text) }
    #expect(files.main.bytes.suffix(3) == [0xff, 0xfe, 0xff])
  }
}
