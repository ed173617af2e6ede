import CLibraries

/// Time since boot, including suspend. Setting the clock does not change it.
public struct Uptime: Equatable, Sendable {
  /// Identifies the boot that the seconds count from.
  public let boot: String
  /// Since that boot.
  public let seconds: Int64

  /// The uptime of this machine. `boot` is empty outside Linux.
  public static func now() -> Uptime {
    let uptime = platform_uptime()
    return Uptime(boot: text(of: uptime.boot) ?? "", seconds: uptime.seconds)
  }
}

/// A clock for measuring waits, which starts at an arbitrary time and is never set.
public enum MonotonicClock {
  /// The time of this clock.
  public static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }
}

/// Sleeps of a fixed length.
public enum Sleep {
  /// Sleeps for the whole time, even if a signal interrupts it.
  public static func milliseconds(_ count: Int) {
    var time = timespec(tv_sec: count / 1000, tv_nsec: (count % 1000) * 1_000_000)
    var left = timespec()
    while nanosleep(&time, &left) != 0 && libc_errno() == EINTR { time = left }
  }
}

/// The text of a C array; nil when empty.
func text<Field>(of field: Field) -> String? {
  withUnsafeBytes(of: field) { bytes in
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    return text.isEmpty ? nil : text
  }
}
