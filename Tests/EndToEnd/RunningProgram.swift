import CLibraries
import Foundation

/// The program while it runs, with ordinary signals: a test's own thread has most of them blocked.
final class RunningProgram {
  struct NotStarted: Error { let errno: Int32 }

  let pid: pid_t
  private var status: Int32?
  private var input: Int32
  private var output: Int32
  private let errors: Int32
  private var unread: [UInt8] = []

  init(_ command: [String], environment: [String: String]) throws {
    let pipes = try (0..<3).map { _ in try Self.pipe() }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, pipes[0].read, 0)
    posix_spawn_file_actions_adddup2(&actions, pipes[1].write, 1)
    posix_spawn_file_actions_adddup2(&actions, pipes[2].write, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var none = sigset_t()
    var usual = sigset_t()
    sigemptyset(&none)
    sigfillset(&usual)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    var started: pid_t = 0
    let failed = posix_spawn(&started, command[0], &actions, &attributes, arguments, variables)
    for text in arguments + variables { free(text) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    for end in [pipes[0].read, pipes[1].write, pipes[2].write] { close(end) }
    (input, output, errors) = (pipes[0].write, pipes[1].read, pipes[2].read)
    pid = started
    guard failed == 0 else { throw NotStarted(errno: failed) }
  }

  deinit {
    if status == nil, pid > 0 {
      Glibc.kill(pid, SIGKILL)
      wait()
    }
    for end in [input, output, errors] where end >= 0 { close(end) }
  }

  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw NotStarted(errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  func finish() -> Sandbox.Run {
    close(input)
    input = -1
    // Standard error is short: it never fills its pipe while the output is read.
    let output = Self.all(of: output)
    let errors = Self.all(of: errors)
    wait()
    return Sandbox.Run(status: status ?? -1, output: output, errors: errors)
  }

  private static func all(of descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The exit status, or the signal's number for a process that was killed.
  private func wait(_ options: Int32 = 0) {
    guard status == nil else { return }
    var raw: Int32 = 0
    guard waitpid(pid, &raw, options) == pid else { return }
    status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : raw & 0x7f
  }

  var isRunning: Bool {
    wait(WNOHANG)
    return status == nil
  }

  /// The next line of the output; nil when none comes in time, or the output has ended.
  func line(within seconds: Double = 10) -> String? {
    let end = Date().addingTimeInterval(seconds)
    while true {
      if let newline = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<newline], as: UTF8.self)
        unread.removeSubrange(...newline)
        return line
      }
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let left = end.timeIntervalSinceNow
      guard left > 0, poll(&waiting, 1, Int32(left * 1000) + 1) > 0 else { return nil }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(output, &chunk, chunk.count)
      guard count > 0 else { return nil }
      unread += chunk[..<count]
    }
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(input, bytes, bytes.count)
  }

  /// Closes the pipe as a bar that ends does.
  func closeOutput() {
    close(output)
    output = -1
  }

  /// Whether it ends by itself.
  func ends(within seconds: Double = 5) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while isRunning && end.timeIntervalSinceNow > 0 { usleep(5000) }
    return !isRunning
  }

  func kill(_ signal: Int32 = SIGKILL) {
    Glibc.kill(pid, signal)
    wait()
  }
}
