import CLibraries
import UsageCore

/// A bar that is told to read again: `waybar:8`, `i3blocks:8`, `polybar`.
struct NotifiedHost: Equatable {
  enum Program: String, CaseIterable {
    case waybar
    case i3blocks
    case polybar
  }

  let program: Program
  /// N of SIGRTMIN+N, as in the block's `signal`. polybar has its own messages.
  let signalOffset: Int32

  init?(_ word: String) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
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

  var word: String {
    program == .polybar ? program.rawValue : "\(program.rawValue):\(signalOffset)"
  }
}

/// Tells the user's own bars that there is something new to read.
struct HostNotice {
  let environment: Environment

  func send(_ hosts: [NotifiedHost]) {
    for host in hosts {
      switch host.program {
      case .waybar, .i3blocks: signal(host)
      case .polybar:
        // Its module is custom/ipc, or asks nothing: a message to nobody is an error that concerns nobody.
        _ = try? ChildProcess(environment: environment)
          .run("polybar-msg", ["action", "#droid.hook.0"], limitMilliseconds: 1000)
      }
    }
  }

  private func signal(_ host: NotifiedHost) {
    let number = waiting_realtime_signal(host.signalOffset)
    guard number > 0 else { return }
    for pid in Self.ownProcesses(named: host.program.rawValue) { kill(pid, number) }
  }

  /// This user's processes of that name. Linux only: elsewhere there is no /proc, and none of these bars.
  private static func ownProcesses(named name: String) -> [pid_t] {
    Path.names(in: "/proc").compactMap { pid_t($0) }.filter { pid in
      var status = stat()
      return pid > 1 && stat("/proc/\(pid)", &status) == 0 && status.st_uid == geteuid()
        && (try? BoundedFile.text("/proc/\(pid)/comm", limit: 64)) == name + "\n"
    }
  }
}
