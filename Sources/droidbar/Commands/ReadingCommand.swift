import BarOutput
import CLibraries
import UsageCore

/// `droidbar HOST`: one reading.
struct ReadingCommand {
  let context: Context
  let settings: Settings
  let options: ParsedOptions

  func run(_ host: Host) throws(ConfigurationError) -> Outcome {
    setDeadline(host)
    let source = ReadingSource(context: context, settings: settings, options: options)
    let click = Click(environment: context.environment)
    if click == .open { OpenCommand.start() }
    let reading = try source.read(isForced: click == .refresh)
    let readout = readout(reading, host, click)
    let text = host.render(readout, settings.style)
    let status = host.exitStatus(readout, settings.style)
    guard let path = options.outputFile else { return Outcome(output: text, status: status) }
    // A failure is for `doctor`: a reading always exits 0, and cron would send mail every minute.
    context.places.map { OutputFile(places: $0).write(text, to: path) }
    return Outcome()
  }

  private func readout(_ reading: Reading, _ host: Host, _ click: Click?) -> Readout {
    let presentation = context.adapted(settings.presentation, to: reading.data)
    guard settings.demo == nil, let places = context.places else {
      return Readout(reading, presentation)
    }
    let choice = WindowChoice(places: places, host: host, now: reading.now)
    if let step = click?.step {
      choice.move(step, from: choice.readout(reading, presentation))
      HostSignal(environment: context.environment).send(settings.notifyTargets)
    }
    return choice.readout(reading, presentation)
  }

  /// Even if something hangs, the bar gets a line one second after `--wait`.
  private func setDeadline(_ host: Host) {
    let milliseconds = (min(settings.waitSeconds, 86_400) + 1) * 1000
    let line = host.format.timeoutOutput
    platform_deadline_set(Int(milliseconds), line.utf8Start, line.utf8CodeUnitCount)
  }
}

/// The source of a command's reading: the sample account, or the cache.
struct ReadingSource {
  let context: Context
  let settings: Settings
  let options: ParsedOptions

  func read(isForced: Bool = false, onWait: @escaping (Int) -> Void = { _ in })
    throws(ConfigurationError) -> Reading
  {
    let now = context.clock()
    if let demo = settings.demo { return demo.reading(now: now) }
    guard let places = context.places else {
      return Reading(
        data: nil, problem: .config(reason: "HOME is not set"), isStale: false, now: now)
    }
    return try CachedReading(
      places: places, settings: settings, refreshArguments: refreshArguments,
      clock: context.clock, onWait: onWait
    ).read(isForced: isForced)
  }

  /// The arguments of the refreshes that this reading starts.
  func refreshArguments() throws(ConfigurationError) -> [String] {
    _ = try Self.bases(context.environment)
    var arguments = [
      "--ttl", "\(settings.ttlSeconds)", "--refresh-login", settings.refreshesLogin ? "yes" : "no",
    ]
    if !settings.notifyTargets.isEmpty {
      let targets = settings.notifyTargets.map { $0.text }.joined(separator: ",")
      arguments += ["--notify-host", targets]
    }
    if settings.presentation.showsLocalTokens { arguments.append("--local") }
    if settings.sendsNotifications { arguments.append("--notify") }
    if !settings.notifyCommand.isEmpty {
      arguments += ["--notify-command", settings.notifyCommand.joined(separator: " ")]
    }
    if arguments.contains(where: { $0.hasPrefix("--notify") }) {
      let thresholds = settings.presentation.thresholds
      arguments += ["--warning", "\(thresholds.warning)", "--critical", "\(thresholds.critical)"]
    }
    if let account = settings.account { arguments += ["--account", account.name] }
    if let file = options.configFile { arguments += ["--config", file] }
    return arguments
  }

  static func bases(_ environment: Environment) throws(ConfigurationError) -> ServiceBases {
    do throws(ServiceBases.Refused) {
      return try ServiceBases(environment: environment)
    } catch {
      throw .environment(sentence: error.sentence)
    }
  }
}

/// The file of `--output`, for a collector that reads a folder: replaced atomically and readable by everyone.
struct OutputFile {
  let places: Places

  private var failureRecord: String { places.accountDirectory + "/output-failure" }

  /// Why the last write failed, as a sentence without its period.
  var lastFailure: String? {
    let text = try? BoundedFile.text(failureRecord, limit: 8192)
    return text?.split(separator: "\n").first.map { String($0) }
  }

  func write(_ text: String, to path: String) {
    do throws(FileProblem) {
      // Follows a symbolic link, and never replaces a device or folder.
      let target = Path.resolved(path) ?? path
      try FileProblem.checkReplaceable(target)
      try PrivateFile(replacing: target).commit(Array(text.utf8))
      chmod(target, 0o644)
      PrivateFile.remove(failureRecord)
    } catch {
      try? Path.makePrivateDirectory(places.accountDirectory)
      try? PrivateFile.write(error.sentence + "\n", to: failureRecord)
    }
  }
}
