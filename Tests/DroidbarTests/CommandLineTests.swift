import BarOutput
import Testing

@testable import droidbar

@Suite("The command line")
struct CommandLineTests {
  @Test("Hosts and commands are parsed")
  func commands() throws {
    #expect(try ParsedCommandLine(["waybar"]).command == .reading(.waybar))
    #expect(try ParsedCommandLine(["refresh", "--force"]).command == .refresh(isForced: true))
    #expect(
      try ParsedCommandLine(["guard", "--min-remaining", "10"]).command
        == .guard(minRemaining: 10, allowsUnknown: false))
    #expect(try ParsedCommandLine(["snippet", "polybar"]).command == .snippet(.polybar))
    #expect(try ParsedCommandLine(["help", "refresh"]).command == .help(topic: "refresh"))
    #expect(try ParsedCommandLine(["waybar", "--help"]).command == .help(topic: "waybar"))
    #expect(try ParsedCommandLine(["--version"]).command == .version)
  }

  @Test("'setup' adds unless it is told to show or to remove")
  func setup() throws {
    func options(_ arguments: String...) throws -> Command {
      try ParsedCommandLine(["setup", "waybar"] + arguments).command
    }
    #expect(try options() == .setup(.waybar, SetupOptions(task: .add)))
    #expect(try options("--dry-run") == .setup(.waybar, SetupOptions(isDryRun: true)))
    #expect(try options("--remove") == .setup(.waybar, SetupOptions(task: .remove)))
    #expect(
      try options("--bar", "top", "--file=x")
        == .setup(.waybar, SetupOptions(task: .add, bar: "top", file: "x")))
  }

  @Test("A value follows its option or an equals sign")
  func values() throws {
    let words = try ParsedCommandLine([
      "waybar", "--ttl", "90", "--format=a=b", "--no-urgent", "--demo=stale",
    ])
    #expect(words.options.values.map { $0.setting } == [.ttl, .format, .noUrgent, .demo])
    #expect(words.options.values.map(\.value) == ["90", "a=b", "yes", "stale"])
    let demo = try ParsedCommandLine(["waybar", "--demo"])
    #expect(demo.options.values == [.init(setting: .demo, value: "ok")])
  }

  static let mistakes: [([String], String)] = [
    ([], "Missing command. Try 'droidbar --help'."),
    (["wayba"], "Unknown command 'wayba'. Did you mean 'waybar'? Try 'droidbar --help'."),
    (["x"], "Unknown command 'x'. Try 'droidbar --help'."),
    (["--verison"], "Unknown option '--verison'. Did you mean '--version'? Try 'droidbar --help'."),
    (
      ["waybar", "--tll", "3"],
      "Unknown option '--tll'. Did you mean '--ttl'? Try 'droidbar --help'."
    ),
    (["waybar", "--ttl"], "Option '--ttl' requires a value. Try 'droidbar --help'."),
    (["waybar", "more"], "Unexpected argument 'more'. Try 'droidbar --help'."),
    (["waybar", "--no-urgent=1"], "Option '--no-urgent' takes no value. Try 'droidbar --help'."),
    (["waybar", "--json"], "Option '--json' is not valid for 'waybar'. Try 'droidbar --help'."),
    (["waybar", "--force"], "Option '--force' is not valid for 'waybar'. Try 'droidbar --help'."),
    (
      ["waybar", "--signal", "8"],
      "Option '--signal' requires '--watch'. Try 'droidbar --help'."
    ),
    (["guard"], "Missing argument: --min-remaining PERCENT. Try 'droidbar --help'."),
    (["snippet"], "Missing argument: HOST. Try 'droidbar --help'."),
  ]

  @Test("An error is one sentence that names the argument", arguments: 0..<mistakes.count)
  func mistake(index: Int) {
    let (arguments, sentence) = Self.mistakes[index]
    #expect(
      performing: { _ = try ParsedCommandLine(arguments) },
      throws: { error in
        (error as? ConfigurationError)?.sentence == sentence
      })
  }
}
