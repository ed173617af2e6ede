import CLibraries

/// The processes in /proc. Empty where there is none.
public enum Processes {
  /// This user's processes of a name.
  public static func own(named name: String) -> [pid_t] {
    Path.names(in: "/proc").compactMap { pid_t($0) }.filter { pid in
      pid > 1 && FileStatus("/proc/\(pid)")?.owner == geteuid()
        && (try? BoundedFile.text("/proc/\(pid)/comm", limit: 4096)) == name + "\n"
    }
  }

  /// The value of an environment variable of a process, when it was started.
  public static func environmentVariable(_ name: String, of pid: pid_t) -> String? {
    let bytes = try? BoundedFile.read("/proc/\(pid)/environ", limit: 1 << 20)
    return bytes?.split(separator: 0).lazy.map { String(decoding: $0, as: UTF8.self) }
      .first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.utf8.count + 1)) }
  }

  /// Whether a process runs a program whose file was replaced or deleted.
  public static func isOutdated(_ pid: pid_t) -> Bool {
    Path.resolved("/proc/\(pid)/exe") == nil && Path.exists("/proc/\(pid)")
  }
}
