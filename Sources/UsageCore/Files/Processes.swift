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
}
