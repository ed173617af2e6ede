import CLibraries

/// Time that no setting of the clock changes.
public struct Uptime: Equatable, Sendable {
  /// Names the start of the machine that the seconds count from.
  public let boot: String
  public let seconds: Int64

  public init(boot: String, seconds: Int64) {
    self.boot = boot
    self.seconds = seconds
  }

  /// Sleep included.
  public static func now() -> Uptime {
    var boot = [CChar](repeating: 0, count: 64)
    let seconds = platform_uptime(&boot, boot.count)
    return Uptime(boot: boot.text, seconds: Int64(seconds))
  }

  /// For measuring waits; counts from an arbitrary start.
  public static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }
}
