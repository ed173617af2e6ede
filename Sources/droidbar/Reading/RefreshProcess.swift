import BarOutput
import CLibraries
import UsageCore

/// `droidbar refresh` in its own process, which outlives the one that started it.
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
      platform_spawn_detached(platform_executable(), list, &pid)
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

extension Invocation {
  /// The arguments of the refreshes that readings start.
  func refreshArguments() throws(ConfigurationError) -> [String] {
    _ = try context.serviceBases()
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
}
