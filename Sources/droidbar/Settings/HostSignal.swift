import CLibraries
import UsageCore

/// A bar to signal after a change: `waybar:8`, `i3blocks:8`, `polybar`.
enum NotifyTarget: Equatable {
  /// SIGRTMIN+N, with N as in the block's `signal`.
  case signal(process: String, offset: Int32)
  /// Receives messages.
  case polybar

  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if text == "polybar" {
      self = .polybar
    } else if parts.count == 2, parts[0] == "waybar" || parts[0] == "i3blocks",
      let offset = Int32(parts[1]), (1...30).contains(offset)
    {
      self = .signal(process: String(parts[0]), offset: offset)
    } else {
      return nil
    }
  }

  var text: String {
    switch self {
    case .signal(let process, let offset): "\(process):\(offset)"
    case .polybar: "polybar"
    }
  }
}

extension Invocation {
  /// Tells the user's bars to update.
  func signalHosts() {
    for target in settings.notifyTargets {
      switch target {
      case .signal(let process, let offset):
        let number = waiting_realtime_signal(offset)
        guard number > 0 else { continue }
        for pid in Processes.own(named: process) { kill(pid, number) }
      case .polybar:
        // Fails without a custom/ipc module named droid, which is not an error.
        _ = try? ChildProcess(environment: context.environment)
          .run("polybar-msg", ["action", "#droid.hook.0"], limitMilliseconds: 1000)
      }
    }
  }
}
