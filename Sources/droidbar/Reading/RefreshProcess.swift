import CLibraries
import UsageCore

/// `droidbar refresh` as a process of its own: nothing that ends a print ends a refresh.
struct RefreshProcess {
  enum State: Equatable {
    case running
    case ended
    /// Killed: what it began waits to be finished.
    case died
  }

  private var pid: pid_t

  /// Nil when no process can be started.
  static func start(_ arguments: [String]) -> RefreshProcess? {
    var pid: pid_t = 0
    let failed = CArguments.with(["droidbar", Command.Name.refresh.rawValue] + arguments) { words in
      platform_spawn_detached(executable, words, platform_environment(), &pid)
    }
    return failed == 0 ? RefreshProcess(pid: pid) : nil
  }

  mutating func state() -> State {
    var status: Int32 = 0
    let ended = waitpid(pid, &status, WNOHANG)
    if ended == 0 || (ended < 0 && errno == EINTR) { return .running }
    return ended == pid && status & 0x7f != 0 ? .died : .ended
  }

  /// The program itself, also after its file was replaced by a newer one.
  private static var executable: String {
    #if os(Linux)
      "/proc/self/exe"
    #else
      Swift.CommandLine.arguments.first ?? "droidbar"
    #endif
  }
}
