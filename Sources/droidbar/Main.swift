import BarOutput
import CLibraries
import UsageCore

@main
struct Droidbar {
  static func main() {
    let context = Context(
      environment: .process, places: Places(environment: .process), clock: Moment.now,
      clockFormat: { ClockFormat(utcOffset: $0).text },
      standardErrorIsTerminal: { isatty(STDERR_FILENO) == 1 },
      terminalWidth: StandardOutput.terminalWidth)
    let outcome = Program(context: context).run(CArguments.ofProcess())
    platform_deadline_output_started()
    _ = StandardOutput.write(outcome.output)
    _ = StandardOutput.write(outcome.errors, to: STDERR_FILENO)
    exit(outcome.status)
  }
}
