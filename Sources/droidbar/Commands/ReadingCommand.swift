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
    let source = ReadingSource(world: world, settings: settings, options: options)
    let click = Click(environment: world.environment)
    if click == .open { _ = OpenCommand.run(world) }
    let reading = try source.reading(isForced: click == .refresh)
    let readout = chosen(Readout(reading, settings.presentation), of: reading, host, click)
    return Outcome(
      output: host.spelled(readout, settings.style),
      status: host.exitStatus(readout, settings.style))
  }

  /// The readout of the window that clicks have led to, if any did.
  private func chosen(_ readout: Readout, of reading: Reading, _ host: Host, _ click: Click?)
    -> Readout
  {
    guard options.demo == nil, let places = Places(environment: world.environment) else {
      return readout
    }
    let choice = WindowChoice(places: places, host: host)
    let window = click == .nextWindow ? choice.advance(over: readout) : choice.current
    guard let window, window != settings.presentation.window else { return readout }
    var presentation = settings.presentation
    presentation.window = window
    let other = Readout(reading, presentation)
    // The account may have changed its windows since the click.
    return other.state == .problem(.config) ? readout : other
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
