import CLibraries

/// Time since boot, including suspend. Setting the clock does not change it.
public struct Uptime: Equatable, Sendable {
  /// Identifies the boot that the seconds count from.
  public let boot: String
  /// Since that boot.
  public let seconds: Int64

  /// The uptime of this machine. `boot` is empty outside Linux.
  public static func now() -> Uptime {
    var boot = [CChar](repeating: 0, count: 64)
    let seconds = platform_uptime(&boot, boot.count)
    return Uptime(boot: boot.text, seconds: Int64(seconds))
  }

  /// A monotonic clock with an arbitrary start, for measuring waits.
  public static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }
}

/// Waits of a fixed length.
public enum Pause {
  /// Sleeps for the whole time, even if a signal interrupts it.
  public static func milliseconds(_ count: Int) {
    var time = timespec(tv_sec: count / 1000, tv_nsec: (count % 1000) * 1_000_000)
    var left = timespec()
    while nanosleep(&time, &left) != 0 && libc_errno() == EINTR { time = left }
  }
}

extension [CChar] {
  /// The text up to the first zero.
  var text: String {
    String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
