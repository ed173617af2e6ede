import BarOutput
import CLibraries
import UsageCore

/// `droidbar HOST`: one reading in the host's spelling.
struct ReadingCommand {
  let world: World
  let settings: Settings
  let options: GivenOptions

  func run(_ host: Host) throws(SettingFailure) -> Outcome {
    setDeadline(host)
    let readout = Readout(
      try ReadingSource(world: world, settings: settings, options: options).reading(),
      settings.presentation)
    return Outcome(
      output: host.spelled(readout, settings.style),
      status: host.exitStatus(readout, settings.style))
  }

  /// Whatever hangs, the bar gets a line: a second after the wait that was asked for.
  private func setDeadline(_ host: Host) {
    let reading = Reading(
      figures: nil,
      problem: .serviceError(reason: "droidbar itself gets no answer from this machine's files"),
      isStale: false, now: world.clock())
    let line = Array(host.spelled(Readout(reading, settings.presentation), settings.style).utf8)
    let milliseconds = (min(settings.waitSeconds, 86_400) + 1) * 1000
    platform_deadline_set(Int(milliseconds), line, line.count, 0)
  }
}

/// Where a command's reading comes from: the built-in account, or the cache.
struct ReadingSource {
  let world: World
  let settings: Settings
  let options: GivenOptions

  func reading(isForced: Bool = false) throws(SettingFailure) -> Reading {
    let now = world.clock()
    if let demo = options.demo { return demo.reading(now: now) }
    guard let places = Places(environment: world.environment) else {
      return Reading(
        figures: nil, problem: .config(reason: "HOME is not set"), isStale: false, now: now)
    }
    _ = try Self.bases(world.environment)
    var arguments = [
      "--ttl", "\(settings.ttlSeconds)", "--refresh-login", settings.mayRenewLogin ? "yes" : "no",
    ]
    if let file = options.configFile { arguments += ["--config", file] }
    return CachedReading(
      places: places, settings: settings, refreshArguments: arguments, clock: world.clock
    )
    .obtain(isForced: isForced)
  }

  static func bases(_ environment: Environment) throws(SettingFailure) -> ServiceBases {
    do throws(ServiceBases.Refused) {
      return try ServiceBases(environment: environment)
    } catch {
      throw .environment(sentence: error.sentence)
    }
  }
}
