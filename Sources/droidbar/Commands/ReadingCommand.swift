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
