import BarOutput
import UsageCore

/// What a run of the program leaves: one value, so that a test can compare it.
struct Outcome: Equatable {
  var output = ""
  var errors = ""
  var status: Int32 = 0

  static let usage: Int32 = 64

  static func failure(_ sentence: String, status: Int32) -> Outcome {
    Outcome(errors: "droidbar: \(sentence)\n", status: status)
  }
}

/// The outside, as the program is given it.
struct World {
  var environment: Environment
  /// Nil when there is no home at all.
  var places: Places?
  var clock: () -> Moment
  var clockFace: @Sendable (Moment, Moment) -> String
  var errorsAreATerminal: () -> Bool
  /// Columns of the terminal that is written to; nil where it is none.
  var terminalWidth: () -> Int?

  /// https://no-color.org
  var isColored: Bool {
    terminalWidth() != nil && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
  }
}

/// The story of a run: understand the words, load the settings, do the one thing.
struct Program {
  let world: World

  func run(_ arguments: [String]) -> Outcome {
    do throws(SettingFailure) {
      let words = try CommandLineWords(arguments)
      return try run(words)
    } catch {
      guard let host = CommandLineWords.host(in: arguments) else {
        return .failure(error.sentence, status: Outcome.usage)
      }
      return misconfigured(host, error)
    }
  }

  private func run(_ words: CommandLineWords) throws(SettingFailure) -> Outcome {
    switch words.command {
    case .version: return Outcome(output: "droidbar \(Product.version)\n")
    case .help(let topic): return try HelpCommand.run(topic: topic, world)
    case .snippet(let host): return SnippetCommand.run(host)
    case .setup(let host, let task):
      return SetupCommand(environment: world.environment).run(host, task)
    case .completions(let shell): return Outcome(output: Completions.text(shell))
    case .open: return OpenCommand.run(world)
    case .reading(let host):
      let settings = try settings(words.options, host: host)
      if words.options.isWatching {
        return try WatchCommand(
          world: world, settings: settings, options: words.options, host: host
        ).run()
      }
      return try ReadingCommand(world: world, settings: settings, options: words.options).run(host)
    case .refresh(let isForced):
      let settings = try settings(words.options, host: nil)
      return try RefreshCommand(world: world, settings: settings).run(isForced: isForced)
    case .status:
      // A person at a terminal waits longer than a script.
      let isWatched = world.terminalWidth() != nil
      let settings = try settings(
        words.options, host: nil,
        waitSeconds: isWatched ? StatusCommand.waitSeconds : Settings.waitSeconds)
      return try StatusCommand(world: world, settings: settings, options: words.options).run()
    case .doctor:
      let settings = try settings(words.options, host: nil)
      return try DoctorCommand(
        world: world, settings: settings, origins: try loader.origins(words.options)
      ).run(asJSON: words.options.isJSON)
    case .guard(let least):
      let settings = try settings(words.options, host: nil)
      return try GuardCommand(world: world, settings: settings, options: words.options).run(
        minRemaining: least)
    }
  }

  private func settings(
    _ options: GivenOptions, host: Host?, waitSeconds: Int64 = Settings.waitSeconds
  ) throws(SettingFailure) -> Settings {
    try loader.load(options, host: host, waitSeconds: waitSeconds)
  }

  private var loader: SettingsLoader {
    SettingsLoader(
      environment: world.environment, usualFile: world.places?.configFile,
      clock: world.clockFace)
  }

  /// A bar gets a reading whatever was wrong; a person at a terminal the sentence too.
  private func misconfigured(_ host: Host, _ failure: SettingFailure) -> Outcome {
    var presentation = Presentation(clock: world.clockFace)
    presentation.hasTooltip = host.hasTooltip
    let reading = Reading(
      figures: nil, problem: .config(reason: failure.sentence), isStale: false, now: world.clock())
    return Outcome(
      output: host.spelled(Readout(reading, presentation)),
      errors: world.errorsAreATerminal() ? "droidbar: \(failure.sentence)\n" : "")
  }
}
