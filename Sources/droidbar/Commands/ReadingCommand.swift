import BarOutput
import CLibraries
import UsageCore

/// `droidbar HOST`: one reading.
struct ReadingCommand {
  let invocation: Invocation
  let host: Host

  private var context: Context { invocation.context }

  func run() throws(ConfigurationError) -> Outcome {
    Deadline.adjust(host, invocation)
    let click = Click(rawValue: context.environment["BLOCK_BUTTON"] ?? "")
    if click == .open { OpenCommand.start() }
    let readout = readout(try invocation.read(isForced: click == .refresh), click)
    let style = invocation.settings.style
    let text = host.render(readout, style)
    guard let path = invocation.options.outputFile else {
      return Outcome(output: text, status: host.exitStatus(readout, style))
    }
    // A failure is for `doctor`: a reading always exits 0, and cron would send mail every minute.
    context.places.map { OutputFile(places: $0).write(text, to: path) }
    return Outcome()
  }

  private func readout(_ reading: Reading, _ click: Click?) -> Readout {
    let presentation = context.adapted(invocation.settings.presentation, to: reading.data)
    guard invocation.settings.demo == nil, let places = context.places else {
      return Readout(reading, presentation)
    }
    let choice = WindowChoice(places: places, host: host, now: reading.now)
    if let step = click?.step {
      choice.move(step, from: choice.readout(reading, presentation))
      invocation.signalHosts()
    }
    return choice.readout(reading, presentation)
  }
}

/// Even if something hangs, the bar gets a line one second after `--wait`.
enum Deadline {
  /// Sets it before the settings are loaded, which can hang too.
  static func set(_ host: Host, _ options: ParsedOptions) {
    let given = options.values.last { $0.setting == .wait }
    var style = HostStyle()
    style.isJSON = options.values.contains { $0.setting == .json }
    set(
      host, style, options,
      waitSeconds: given.flatMap { SettingValue.duration($0.value) } ?? host.format.waitSeconds)
  }

  /// Sets it again if the settings change it.
  static func adjust(_ host: Host, _ invocation: Invocation) {
    let settings = invocation.settings
    if settings.style.isJSON || settings.waitSeconds != host.format.waitSeconds {
      set(host, settings.style, invocation.options, waitSeconds: settings.waitSeconds)
    }
  }

  private static func set(
    _ host: Host, _ style: HostStyle, _ options: ParsedOptions, waitSeconds: Int64
  ) {
    // With --output, nothing is printed.
    let line = options.outputFile == nil ? host.format.timeoutOutput(style) : ""
    platform_deadline_set(
      Int(min(waitSeconds, 86_400) + 1) * 1000, line.utf8Start, line.utf8CodeUnitCount)
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
    do throws(FileError) {
      // Follows a symbolic link, and never replaces a device or folder.
      let target = Path.resolved(path) ?? path
      guard FileStatus(target)?.isRegular ?? true else {
        throw FileError.notARegularFile(path: target)
      }
      try AtomicFile(replacing: target).commit(Array(text.utf8))
      chmod(target, 0o644)
      AtomicFile.remove(failureRecord)
    } catch {
      try? Path.makePrivateDirectory(places.accountDirectory)
      try? AtomicFile.write(error.sentence + "\n", to: failureRecord)
    }
  }
}
