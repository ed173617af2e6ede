import CLibraries
import UsageCore

/// `droidbar refresh` in its own process, which outlives the print that started it.
struct RefreshProcess {
  enum State: Equatable {
    case running
    case finished
    case killed
  }

  private let pid: pid_t

  /// Nil when no process can be started.
  static func start(_ arguments: [String]) -> RefreshProcess? {
    var pid: pid_t = 0
    let failed = CArguments.with(["droidbar", "refresh"] + arguments) { list in
      platform_spawn_detached(platform_executable(), list, platform_environment(), &pid)
    }
    return failed == 0 ? RefreshProcess(pid: pid) : nil
  }

  func state() -> State {
    var status: Int32 = 0
    let ended = waitpid(pid, &status, WNOHANG)
    if ended == 0 || (ended < 0 && libc_errno() == EINTR) { return .running }
    return ended == pid && status & 0x7f != 0 ? .killed : .finished
  }
}
