import BarOutput
import Testing

@testable import droidbar

@Suite("The words on the command line")
struct CommandLineTests {
  @Test("Hosts and commands are understood")
  func commands() throws {
    #expect(try CommandLineWords(["waybar"]).command == .reading(.waybar))
    #expect(try CommandLineWords(["refresh", "--force"]).command == .refresh(isForced: true))
    #expect(
      try CommandLineWords(["guard", "--min-remaining", "10"]).command == .guard(minRemaining: 10))
    #expect(try CommandLineWords(["snippet", "polybar"]).command == .snippet(.polybar))
    #expect(try CommandLineWords(["help", "refresh"]).command == .help(topic: "refresh"))
    #expect(try CommandLineWords(["waybar", "--help"]).command == .help(topic: "waybar"))
    #expect(try CommandLineWords(["--version"]).command == .version)
  }

  @Test("A value stands behind its option or an equals sign")
  func values() throws {
    let words = try CommandLineWords([
      "waybar", "--ttl", "90", "--format=a=b", "--no-urgent", "--demo=stale",
    ])
    #expect(words.options.values.map(\.key) == [.ttl, .format, .noUrgent, .demo])
    #expect(words.options.values.map(\.value) == ["90", "a=b", "yes", "stale"])
    let demo = try CommandLineWords(["waybar", "--demo"])
    #expect(demo.options.values == [.init(key: .demo, value: "ok")])
  }

  static let mistakes: [([String], String)] = [
    ([], "Name a host or a command. Try 'droidbar --help'."),
    (["wayba"], "Unknown host or command 'wayba'. Did you mean 'waybar'? Try 'droidbar --help'."),
    (["x"], "Unknown host or command 'x'. Try 'droidbar --help'."),
    (["--verison"], "Unknown option '--verison'. Did you mean '--version'? Try 'droidbar --help'."),
    (
      ["waybar", "--tll", "3"],
      "Unknown option '--tll'. Did you mean '--ttl'? Try 'droidbar --help'."
    ),
    (["waybar", "--ttl"], "Option '--ttl' needs a value. Try 'droidbar --help'."),
    (["waybar", "more"], "Unexpected word 'more'. Try 'droidbar --help'."),
    (["waybar", "--no-urgent=1"], "Option '--no-urgent' takes no value. Try 'droidbar --help'."),
    (["waybar", "--json"], "Option '--json' is not for 'waybar'. Try 'droidbar --help'."),
    (["waybar", "--force"], "Option '--force' is not for 'waybar'. Try 'droidbar --help'."),
    (["guard"], "Missing --min-remaining PERCENT. Try 'droidbar --help'."),
    (["snippet"], "Missing HOST. Try 'droidbar --help'."),
  ]

  @Test("A mistake is one sentence that names the word", arguments: 0..<mistakes.count)
  func mistake(index: Int) {
    let (arguments, sentence) = Self.mistakes[index]
    #expect(
      performing: { _ = try CommandLineWords(arguments) },
      throws: { error in
        (error as? SettingFailure)?.sentence == sentence
      })
  }
}
