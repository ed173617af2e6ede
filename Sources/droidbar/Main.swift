import CLibraries
import UsageCore

/// One run: the words in, one reading out, in a single write.
@main
struct Droidbar {
  static func main() {
    let world = World(
      environment: .process, clock: Moment.now, clockFace: ClockFace.words,
      errorsAreATerminal: isatty(STDERR_FILENO) == 1)
    let outcome = Program(world: world).run(Array(Swift.CommandLine.arguments.dropFirst()))
    platform_deadline_reading_starts()
    put(outcome.output, on: STDOUT_FILENO)
    put(outcome.errors, on: STDERR_FILENO)
    exit(outcome.status)
  }

  /// A reader that is gone is no reason to complain.
  private static func put(_ text: String, on descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while let start = bytes.baseAddress, written < bytes.count {
        let count = write(descriptor, start + written, bytes.count - written)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        written += count
      }
    }
  }
}
