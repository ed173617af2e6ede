import CLibraries
import UsageCore

/// A bar to signal after a change: `waybar:8`, `i3blocks:8`, `polybar`.
struct NotifyTarget: Equatable {
  enum Program: String, CaseIterable {
    case waybar
    case i3blocks
    case polybar
  }

  let program: Program
  /// N of SIGRTMIN+N, as in the block's `signal`. 0 for polybar, which receives messages.
  let signalOffset: Int32

  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let program = parts.first.flatMap({ Program(rawValue: String($0)) }) else { return nil }
    self.program = program
    if program == .polybar {
      guard parts.count == 1 else { return nil }
      signalOffset = 0
    } else {
      guard parts.count == 2, let offset = Int32(parts[1]), (1...30).contains(offset) else {
        return nil
      }
      signalOffset = offset
    }
  }

  var text: String {
    program == .polybar ? program.rawValue : "\(program.rawValue):\(signalOffset)"
  }
}

/// Tells the user's bars to update.
struct HostSignal {
  let environment: Environment

  func send(_ targets: [NotifyTarget]) {
    for target in targets {
      switch target.program {
      case .waybar, .i3blocks:
        let number = waiting_realtime_signal(target.signalOffset)
        guard number > 0 else { continue }
        for pid in Processes.own(named: target.program.rawValue) { kill(pid, number) }
      case .polybar:
        // Fails without a custom/ipc module named droid, which is not an error.
        _ = try? ChildProcess(environment: environment)
          .run("polybar-msg", ["action", "#droid.hook.0"], limitMilliseconds: 1000)
      }
    }
  }
}
