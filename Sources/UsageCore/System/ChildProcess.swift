import CLibraries

/// Runs another program with a deadline, its input and output bounded. Secrets go through its input, never its arguments.
public struct ChildProcess: Sendable {
  public enum Failure: Error, Equatable, Sendable {
    case notFound
    case noAnswer
    case failed
  }

  public struct Result: Sendable {
    public let status: Int32
    public let output: [UInt8]
  }

  private static let outputLimit = 64 * 1024
  /// What a program of the desktop needs; the rest (keys, options) is none of its business.
  private static let passedOn = [
    "PATH", "HOME", "USER", "LANG", "LC_ALL", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR",
    "XDG_DATA_HOME",
    "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
    "SWAYSOCK", "I3SOCK",
  ]

  let environment: Environment

  public init(environment: Environment) {
    self.environment = environment
  }

  public func run(
    _ program: String, _ arguments: [String], input: [UInt8] = [], limitMilliseconds: Int
  ) throws(Failure) -> Result {
    guard let path = find(program) else { throw .notFound }
    var toChild: (read: Int32, write: Int32) = (-1, -1)
    var fromChild: (read: Int32, write: Int32) = (-1, -1)
    guard Self.pipe(&toChild), Self.pipe(&fromChild) else { throw .failed }
    defer {
      for end in [toChild.read, toChild.write, fromChild.read, fromChild.write] where end >= 0 {
        close(end)
      }
    }

    var pid: pid_t = 0
    let variables = Self.passedOn.compactMap { name in environment[name].map { "\(name)=\($0)" } }
    let failed = CArguments.with([program] + arguments) { arguments in
      CArguments.with(variables) {
        platform_spawn_piped(path, arguments, $0, toChild.read, fromChild.write, &pid)
      }
    }
    guard failed == 0 else { throw failed == ENOENT || failed == EACCES ? .notFound : .failed }
    close(toChild.read)
    close(fromChild.write)
    (toChild.read, fromChild.write) = (-1, -1)
    // Small enough for a pipe's buffer: this cannot block.
    if !input.isEmpty {
      _ = input.withUnsafeBytes { write(toChild.write, $0.baseAddress, $0.count) }
    }
    close(toChild.write)
    toChild.write = -1

    let output = Self.drain(fromChild.read, limitMilliseconds: limitMilliseconds)
    guard let output, let status = Self.wait(for: pid, limitMilliseconds: 500) else {
      kill(pid, SIGKILL)
      var ignored: Int32 = 0
      waitpid(pid, &ignored, 0)
      throw .noAnswer
    }
    // The shell's number for a program that was not there.
    if status == 127 { throw .notFound }
    return Result(status: status, output: output)
  }

  /// Where the program is, by the `PATH` we were given.
  public func find(_ program: String) -> String? {
    (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").lazy
      .map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
  }

  private static func pipe(_ ends: inout (read: Int32, write: Int32)) -> Bool {
    var pair: [Int32] = [-1, -1]
    guard UsageCore.openPipe(&pair) == 0 else { return false }
    ends = (pair[0], pair[1])
    return fcntl(pair[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(pair[1], F_SETFD, FD_CLOEXEC) == 0
  }

  /// Everything up to the end of the output; nil when that does not come in time.
  private static func drain(_ descriptor: Int32, limitMilliseconds: Int) -> [UInt8]? {
    let end = Uptime.milliseconds() + limitMilliseconds
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let left = end - Uptime.milliseconds()
      guard left > 0, output.count <= outputLimit else { return nil }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(clamping: left)) > 0 else { continue }
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return output }
      if count > 0 { output += chunk[..<count] }
      if count < 0 && errno != EINTR && errno != EAGAIN { return output }
    }
  }

  private static func wait(for pid: pid_t, limitMilliseconds: Int) -> Int32? {
    var status: Int32 = 0
    for _ in 0..<max(1, limitMilliseconds / 5) {
      let ended = waitpid(pid, &status, WNOHANG)
      if ended == pid { return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f) }
      if ended < 0 && errno != EINTR { return 0 }
      Pause.milliseconds(5)
    }
    return nil
  }
}

private func openPipe(_ ends: inout [Int32]) -> Int32 {
  ends.withUnsafeMutableBufferPointer { $0.baseAddress.map { pipe($0) } ?? -1 }
}

/// Lists of C strings for the length of a call.
public enum CArguments {
  public static func with<Answer>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Answer
  ) -> Answer {
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
}
