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
    let readout = chosen(reading, host, click)
    let line = host.spelled(readout, settings.style)
    let status = host.exitStatus(readout, settings.style)
    guard let file = options.outputFile else { return Outcome(output: line, status: status) }
    return save(line, in: file)
  }

  private func chosen(_ reading: Reading, _ host: Host, _ click: Click?) -> Readout {
    guard settings.demo == nil, let places = world.places else {
      return Readout(reading, settings.presentation)
    }
    let choice = WindowChoice(places: places, host: host)
    if click == .nextWindow {
      _ = choice.advance(over: Readout(reading, settings.presentation))
      HostNotice(environment: world.environment).send(settings.notifiedHosts)
    }
    return choice.readout(reading, settings.presentation)
  }

  /// For a collector that reads a folder: the file is whole at every moment, and others may read it.
  private func save(_ text: String, in file: String) -> Outcome {
    do throws(FileProblem) {
      try PrivateFile(replacing: file).commit(text.utf8)
      chmod(file, 0o644)
      return Outcome()
    } catch {
      return .failure(error.sentence + ".", status: RefreshCommand.notNow)
    }
  }

  /// Whatever hangs, the bar gets a line: a second after the wait that was asked for.
  private func setDeadline(_ host: Host) {
    let line = host.unanswered
    let milliseconds = (min(settings.waitSeconds, 86_400) + 1) * 1000
    platform_deadline_set(Int(milliseconds), line.utf8Start, line.utf8CodeUnitCount, 0)
  }
}

/// Where a command's reading comes from: the built-in account, or the cache.
struct ReadingSource {
  let world: World
  let settings: Settings
  let options: GivenOptions

  func reading(isForced: Bool = false, onWait: @escaping (Int) -> Void = { _ in })
    throws(SettingFailure) -> Reading
  {
    let now = world.clock()
    if let demo = settings.demo { return demo.reading(now: now) }
    guard let places = world.places else {
      return Reading(
        figures: nil, problem: .config(reason: "HOME is not set"), isStale: false, now: now)
    }
    return try CachedReading(
      places: places, settings: settings, refreshArguments: refreshArguments, clock: world.clock,
      onWait: onWait
    ).obtain(isForced: isForced)
  }

  /// What the refreshes of this reading are started with.
  func refreshArguments() throws(SettingFailure) -> [String] {
    _ = try Self.bases(world.environment)
    var arguments = [
      "--ttl", "\(settings.ttlSeconds)", "--refresh-login", settings.mayRenewLogin ? "yes" : "no",
    ]
    if !settings.notifiedHosts.isEmpty {
      arguments += ["--notify-host", settings.notifiedHosts.map(\.word).joined(separator: ",")]
    }
    if settings.presentation.showsLocalTokens { arguments.append("--local") }
    if settings.sendsNotices {
      let thresholds = settings.presentation.thresholds
      arguments += [
        "--notify", "--warning", SettingValue.spelled(thresholds.warning), "--critical",
        SettingValue.spelled(thresholds.critical),
      ]
    }
    if let file = options.configFile { arguments += ["--config", file] }
    return arguments
  }

  static func bases(_ environment: Environment) throws(SettingFailure) -> ServiceBases {
    do throws(ServiceBases.Refused) {
      return try ServiceBases(environment: environment)
    } catch {
      throw .environment(sentence: error.sentence)
    }
  }
}
