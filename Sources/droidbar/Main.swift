import CLibraries
import UsageCore

/// One run: the words in, one reading out, in a single write.
@main
struct Droidbar {
  static func main() {
    let world = World(
      environment: .process, places: Places(environment: .process), clock: Moment.now,
      clockFace: ClockFace.words,
      errorsAreATerminal: { isatty(STDERR_FILENO) == 1 }, terminalWidth: Terminal.width)
    let outcome = Program(world: world).run(Array(Swift.CommandLine.arguments.dropFirst()))
    platform_deadline_reading_starts()
    // A reader that is gone is no reason to complain.
    _ = StandardOutput.write(outcome.output)
    _ = StandardOutput.write(outcome.errors, to: STDERR_FILENO)
    exit(outcome.status)
  }
}
