import BarOutput
import Foundation
import Testing
import UsageCore

@testable import droidbar

@Suite("Settings")
struct SettingsTests {
  let folder = NSTemporaryDirectory() + "droidbar-settings-" + UUID().uuidString

  private func load(
    file: String? = nil, environment: [String: String] = [:], options: [(Setting, String)] = [],
    host: BarOutput.Host? = .waybar
  ) throws(ConfigurationError) -> Settings {
    let path = folder + "/droidbar/config"
    if let file {
      try? FileManager.default.createDirectory(
        atPath: folder + "/droidbar", withIntermediateDirectories: true)
      try? file.write(toFile: path, atomically: true, encoding: .utf8)
    }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var given = ParsedOptions()
    given.values = options.map { .init(setting: $0.0, value: $0.1) }
    var variables = environment
    variables["HOME"] = folder
    variables["XDG_CONFIG_HOME"] = folder
    let environment = Environment(variables)
    let context = Context(
      environment: environment, places: Places(environment: environment), clock: Moment.now,
      clockFormat: { _ in { moment, _, _ in "\(moment.seconds)" } },
      standardErrorIsTerminal: { false },
      terminalWidth: { nil })
    return try SettingsLoader(context: context).load(given, host: host, waitSeconds: 2)
  }

  private func sentence(_ body: () throws(ConfigurationError) -> Settings) -> String {
    do throws(ConfigurationError) {
      _ = try body()
      return "no failure"
    } catch {
      return error.sentence
    }
  }

  @Test("Precedence: options, environment, the host's section, the top of the file")
  func precedence() throws {
    let file = "ttl = 1\n[waybar]\nttl = 2\n[polybar]\nttl = 9\n"
    #expect(try load(file: "ttl = 1\n").ttlSeconds == 1)
    #expect(try load(file: file).ttlSeconds == 2)
    #expect(try load(file: file, environment: ["DROIDBAR_TTL": "3"]).ttlSeconds == 3)
    #expect(
      try load(file: file, environment: ["DROIDBAR_TTL": "3"], options: [(.ttl, "4")]).ttlSeconds
        == 4)
    #expect(try load(file: file, host: nil).ttlSeconds == 1)
    #expect(try load().ttlSeconds == 120)
  }

  @Test("Comments, quotes, blank lines and CRLF line endings are accepted")
  func file() throws {
    let file =
      "# top\r\n\r\nwarning = 60   # early\r\nformat = \" {percent} \"\r\ncolor-ok = #00ff00\r\n"
    let settings = try load(file: file)
    #expect(settings.presentation.thresholds.warning == 60)
    #expect(settings.presentation.colors.ok?.hex == "#00ff00")
    #expect(try settings.presentation.format == Template(" {percent} "))
  }

  @Test("An error in the file is reported with its line")
  func mistakes() {
    let path = folder + "/droidbar/config"
    #expect(
      sentence { () throws(ConfigurationError) in try load(file: "ttl = 1\ntll = 2\n") }
        == "\(path):2: unknown key 'tll'. Did you mean 'ttl'? Try 'droidbar --help'.")
    #expect(
      sentence { () throws(ConfigurationError) in try load(file: "[wayba]\n") }
        == "\(path):1: unknown section '[wayba]'. Did you mean 'waybar'? Try 'droidbar --help'.")
    #expect(
      sentence { () throws(ConfigurationError) in try load(file: "\n\nwords\n") }
        == "\(path):3: expected 'key = value', '[HOST]' or '[account NAME]'. Try 'droidbar --help'."
    )
    #expect(
      sentence { () throws(ConfigurationError) in try load(file: "warning = 101") }
        == "\(path):1: 'warning' must be a percentage from 0 to 100, not '101'. Try 'droidbar --help'."
    )
  }

  @Test("The home directory of an account is absolute")
  func accountHome() {
    let relative = sentence { () throws(ConfigurationError) in
      try load(file: "[account work]\nhome = office\n")
    }
    #expect(relative.contains("config:2: 'home' must be an absolute path"), "\(relative)")
  }

  @Test("A relative HOME is ignored, and the user's own home directory is used")
  func relativeHome() throws {
    let places = try #require(Places(environment: Environment(["HOME": "rel"])))
    #expect(places.factoryDirectory.hasPrefix("/") && places.cacheDirectory.hasPrefix("/"))
  }

  @Test("Data that is too old to be shown is not fresh")
  func maximumAge() throws {
    let settings = try load(options: [(.maxAge, "30s")])
    #expect(settings.ttlSeconds == 30)
    #expect(try load(options: [(.ttl, "1h"), (.maxAge, "2h")]).ttlSeconds == 3600)
  }

  @Test("An error names the variable or option with the invalid value")
  func badValues() {
    #expect(
      sentence { () throws(ConfigurationError) in try load(environment: ["DROIDBAR_SHOW": "both"]) }
        == "DROIDBAR_SHOW must be used or remaining, not 'both'. Try 'droidbar --help'.")
    #expect(
      sentence { () throws(ConfigurationError) in try load(options: [(.format, "{x}")]) }
        .hasPrefix(
          "Option '--format': unknown name 'x' at character 1; valid names are percent, used, "))
  }

  @Test(
    "A value that cannot be parsed or is outside its range is an error",
    arguments: [
      (Setting.ttl, "-1"), (.ttl, "1w"), (.ttl, ""), (.ttl, "99999999999999999999d"),
      (.ttl, "3651d"), (.window, "day"), (.colorOK, "red"), (.colorOK, "#12345"),
      (.markup, "html"), (.refreshLogin, "maybe"), (.critical, "1e3"), (.critical, "100.5"),
      (.barWidth, "0"), (.barWidth, "41"), (.barWidth, "wide"), (.notifyHost, "waybar:0"),
      (.notifyHost, "waybar:31"), (.notifyHost, "waybar"), (.notifyHost, "waybar:8,sway:1"),
      (.notifyHost, "polybar:8"),
    ])
  func invalid(key: Setting, value: String) {
    #expect(
      sentence { () throws(ConfigurationError) in try load(options: [(key, value)]) }.contains(
        "must be"))
  }

  @Test("A warning threshold may equal the critical one, but not exceed it")
  func thresholds() throws {
    #expect(
      try load(options: [(.warning, "80"), (.critical, "80")]).presentation.thresholds.warning
        == 80)
    #expect(
      sentence { () throws(ConfigurationError) in try load(options: [(.warning, "95")]) }
        == "The warning threshold (95) is above the critical one (90). Try 'droidbar --help'.")
  }

  @Test("Flags and lists are set as they are given")
  func values() throws {
    #expect(try load().style.marksUrgent)
    #expect(!(try load(file: "no-urgent = yes\n").style.marksUrgent))
    #expect(try load(file: "no-urgent = no\n").style.marksUrgent)
    #expect(try load().refreshesLogin)
    #expect(!(try load(file: "refresh-login = no\n").refreshesLogin))
    let targets = try load(file: "notify-host = waybar:8,i3blocks:30,polybar\n").notifyTargets
    #expect(targets.map(\.text) == ["waybar:8", "i3blocks:30", "polybar"])
    #expect(try load(options: [(.barWidth, "40")]).presentation.barWidth == 40)
  }

  @Test("A variable has underscores where the option has hyphens")
  func variableNames() throws {
    #expect(try load(environment: ["DROIDBAR_MAX_AGE": "30"]).presentation.maxAgeSeconds == 30)
    #expect(
      sentence { () throws(ConfigurationError) in try load(environment: ["DROIDBAR_WATCH": "1"]) }
        .hasPrefix("DROIDBAR_WATCH can only be given as an option"))
  }

  @Test("A quoted value ends at its last quote, and may contain '#'")
  func quotes() throws {
    let settings = try load(file: "label = \"a \"#b\" # c\" # d\nformat = 'it # {percent}'\n")
    #expect(settings.presentation.label == "a \"#b\" # c")
    #expect(try settings.presentation.format == Template("it # {percent}"))
  }

  @Test("An account is found by its name, and its section ends at the next one")
  func accounts() throws {
    let file = "[account work]\nhome = ~/work\n[account old]\nhome = /old\n[waybar]\nttl = 7\n"
    let settings = try load(file: file, options: [(.account, "work")])
    #expect(settings.account == Account(name: "work", home: folder + "/work"))
    #expect(settings.ttlSeconds == 7)
    #expect(try load(file: file, options: [(.account, "old")]).account?.home == "/old")
    #expect(try load(file: file).account == nil)
    #expect(
      sentence { () throws(ConfigurationError) in
        try load(file: file, options: [(.account, "wrk")])
      }.hasPrefix("The configuration file has no section [account wrk]; it has work, old"))
  }

  @Test("Pango markup is detected from the block properties of i3blocks 1.5")
  func pango() throws {
    #expect(try load(environment: ["markup": "pango"], host: .i3blocks).style.isPango)
    #expect(!(try load(environment: ["markup": "pango"], host: .polybar).style.isPango))
    #expect(
      !(try load(environment: ["markup": "pango"], options: [(.markup, "none")], host: .i3blocks)
        .style.isPango))
  }

  @Test(
    "Durations have units",
    arguments: [("90", 90), ("90s", 90), ("2m", 120), ("1h", 3600), ("7d", 604_800), ("0", 0)])
  func durations(text: String, seconds: Int64) {
    #expect(SettingValue.duration(text) == seconds)
  }

  @Test("The sample account can be enabled like any other setting")
  func demo() throws {
    #expect(try load().demo == nil)
    #expect(try load(environment: ["DROIDBAR_DEMO": "warning"]).demo == .warning)
    #expect(try load(environment: ["DROIDBAR_DEMO": "1"]).demo == .ok)
    #expect(try load(file: "[waybar]\ndemo = idle\n").demo == .idle)
    #expect(
      try load(environment: ["DROIDBAR_DEMO": "idle"], options: [(.demo, "stale")]).demo == .stale)
    #expect(
      try load(environment: ["DROIDBAR_DEMO": "idle"], options: [(.demo, "no")]).demo == nil)
    #expect(
      sentence { () throws(ConfigurationError) in try load(environment: ["DROIDBAR_DEMO": "x"]) }
        .hasPrefix("DROIDBAR_DEMO must be one of ok, warning,"))
  }
}
