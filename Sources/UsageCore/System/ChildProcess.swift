import CLibraries

/// Runs another program with a deadline, bounded output and no input.
public struct ChildProcess: Sendable {
  /// Why there is no result.
  public enum Failure: Error, Equatable, Sendable {
    case notFound
    case timedOut
    case failed
  }

  /// What a program that ended in time returned.
  public struct Result: Sendable {
    /// The exit status, or 128 plus the signal.
    public let status: Int32
    /// Standard output. More than 64 KiB counts as `timedOut`.
    public let output: [UInt8]
  }

  private static let outputLimit = 64 * 1024
  /// The variables that desktop programs need. Keys and options of ours are not passed on.
  private static let passedVariables = [
    "PATH", "HOME", "USER", "LANG", "LC_ALL", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR",
    "XDG_DATA_HOME", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "DISPLAY", "WAYLAND_DISPLAY",
    "XAUTHORITY", "SWAYSOCK", "I3SOCK",
  ]

  let environment: Environment

  public init(environment: Environment) {
    self.environment = environment
  }

  /// Runs `program`, which is in `PATH` or an absolute path. Standard error goes to /dev/null.
  ///
  /// `more` are further environment variables, each `NAME=value`.
  public func run(
    _ program: String, _ arguments: [String], adding more: [String] = [], limitMilliseconds: Int
  ) throws(Failure) -> Result {
    guard let path = find(program) else { throw .notFound }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .failed }
    let (readEnd, writeEnd) = (ends[0], ends[1])
    defer { close(readEnd) }
    guard libc_set_close_on_exec(readEnd) == 0, libc_set_close_on_exec(writeEnd) == 0 else {
      close(writeEnd)
      throw .failed
    }

    var pid: pid_t = 0
    let variables = Self.passedVariables.compactMap { name in
      environment[name].map { "\(name)=\($0)" }
    }
    let failed = CArguments.with([program] + arguments) { arguments in
      CArguments.with(variables + more) {
        platform_spawn_piped(path, arguments, $0, writeEnd, &pid)
      }
    }
    close(writeEnd)
    guard failed == 0 else { throw failed == ENOENT || failed == EACCES ? .notFound : .failed }

    let output = Self.readAll(readEnd, limitMilliseconds: limitMilliseconds)
    guard let output, let status = Self.wait(for: pid, limitMilliseconds: 500) else {
      kill(pid, SIGKILL)
      var ignored: Int32 = 0
      waitpid(pid, &ignored, 0)
      throw .timedOut
    }
    // 127: the shell, or posix_spawn in the child, did not find the program.
    if status == 127 { throw .notFound }
    return Result(status: status, output: output)
  }

  /// The path of a program in `PATH`, or of an absolute path that is executable.
  public func find(_ program: String) -> String? {
    if program.hasPrefix("/") { return access(program, X_OK) == 0 ? program : nil }
    return (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").lazy
      .map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
  }

  /// Reads to the end of the output; nil when that takes too long or is too much.
  private static func readAll(_ descriptor: Int32, limitMilliseconds: Int) -> [UInt8]? {
    let end = MonotonicClock.milliseconds() + limitMilliseconds
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let left = end - MonotonicClock.milliseconds()
      guard left > 0, output.count <= outputLimit else { return nil }
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, Int32(clamping: left)) > 0 else { continue }
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return output }
      if count > 0 { output += chunk[..<count] }
      if count < 0 && libc_errno() != EINTR && libc_errno() != EAGAIN { return output }
    }
  }

  /// The exit status, or 128 plus the signal, as shells report it.
  private static func wait(for pid: pid_t, limitMilliseconds: Int) -> Int32? {
    var status: Int32 = 0
    for _ in 0..<max(1, limitMilliseconds / 5) {
      let ended = waitpid(pid, &status, WNOHANG)
      if ended == pid { return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f) }
      if ended < 0 && libc_errno() != EINTR { return 0 }
      Sleep.milliseconds(5)
    }
    return nil
  }
}

/// Arrays of C strings that end with a null pointer.
public enum CArguments {
  /// Calls `body` with an array that is valid during the call.
  public static func with<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
  ) -> Value {
    let copies = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: texts.count + 1)
    copies.initialize(repeating: nil, count: texts.count + 1)
    for (index, text) in texts.enumerated() { copies[index] = strdup(text) }
    defer {
      for index in texts.indices { free(copies[index]) }
      copies.deallocate()
    }
    return body(copies)
  }

  /// The arguments of this process, without its name. Invalid UTF-8 is replaced.
  public static func ofProcess() -> [String] {
    var count: Int32 = 0
    guard let list = libc_arguments(&count), count > 1 else { return [] }
    return (1..<Int(count)).compactMap { index in list[index].map { String(cString: $0) } }
  }
}
