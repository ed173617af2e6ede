import CLibraries
import UsageCore

/// `droidbar open`: the usage page in the user's browser.
enum OpenCommand {
  static let page = "https://app.factory.ai/settings/usage"
  private static let waitMilliseconds = 2000

  static func run(_ context: Context) -> Outcome {
    let isInstalled = ChildProcess(environment: context.environment).find("xdg-open") != nil
    if isInstalled, let pid = start(), status(of: pid) == 0 { return Outcome() }
    let problem = isInstalled ? "failed" : "is not installed"
    return Outcome(
      output: page + "\n",
      errors: "droidbar: xdg-open \(problem). Open the URL above in a browser.\n", status: 1)
  }

  /// Starts xdg-open. Nil when that is not possible.
  @discardableResult
  static func start() -> pid_t? {
    var pid: pid_t = 0
    let failed = CArguments.with(["xdg-open", page]) { list in
      platform_spawn_detached("xdg-open", list, &pid)
    }
    return failed == 0 ? pid : nil
  }

  /// The status of a failed xdg-open; 0 when it succeeded or is still running.
  private static func status(of pid: pid_t) -> Int32 {
    let end = MonotonicClock.milliseconds() + waitMilliseconds
    var status: Int32 = 0
    while MonotonicClock.milliseconds() < end {
      if waitpid(pid, &status, WNOHANG) != 0 { return status }
      Sleep.milliseconds(10)
    }
    return 0
  }
}
