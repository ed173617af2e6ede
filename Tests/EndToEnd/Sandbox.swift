import CLibraries
import Foundation
import LoopbackFactory
import Testing

/// A temporary home directory in which the built program runs.
final class Sandbox {
  struct Run: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  struct NotFound: Error {}

  let folder: String
  private var command = [Sandbox.program]
  /// Kept: a service nobody holds has stopped.
  let service: LoopbackFactory?
  var environment: [String: String]

  init(_ service: LoopbackFactory? = nil) throws {
    self.service = service
    folder = NSTemporaryDirectory() + "droidbar-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/.factory", withIntermediateDirectories: true)
    environment = [
      "HOME": folder, "PATH": "/usr/bin:/bin", "TZ": "UTC", "FACTORY_DISABLE_KEYRING": "1",
      "FACTORY_API_BASE_URL": service?.base ?? "http://127.0.0.1:9",
      "FACTORY_WORKOS_BASE_URL": service?.base ?? "http://127.0.0.1:9",
    ]
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  var factory: String { folder + "/.factory" }
  var state: String { folder + "/.local/state/droidbar" }
  var cache: String { folder + "/.cache/droidbar" }

  /// The program beside the tests, or the one that `DROIDBAR_PROGRAM` names: the installed one is linked another way.
  static let program: String = {
    if let named = ProcessInfo.processInfo.environment["DROIDBAR_PROGRAM"] { return named }
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (tests as NSString).deletingLastPathComponent + "/droidbar"
  }()

  /// Writes a login as `auth.json`.
  func logIn(_ pair: (access: String, refresh: String), extra: String = "") throws {
    try write(
      factory + "/auth.json",
      #"{"access_token":"\#(pair.access)","refresh_token":"\#(pair.refresh)"\#(extra)}"#)
  }

  func write(_ path: String, _ content: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    chmod(path, 0o600)
  }

  /// Writes a program below `bin`. Another process does it: a file that this one has open for writing could be handed to
  /// a child that another test starts at that moment, and would then not run.
  func writeProgram(_ name: String, _ body: String) throws {
    let path = "\(folder)/bin/\(name)"
    try FileManager.default.createDirectory(
      atPath: folder + "/bin", withIntermediateDirectories: true)
    let run = try RunningProgram(
      [
        "/bin/sh", "-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh",
        body, path,
      ], environment: ["PATH": "/usr/bin:/bin"]
    ).finish()
    #expect(run.status == 0)
  }

  func read(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The refresh token that droid would find.
  var storedRefreshToken: String? { storedField("refresh_token") }
  var storedAccessToken: String? { storedField("access_token") }

  func storedField(_ name: String) -> String? {
    guard let data = FileManager.default.contents(atPath: factory + "/auth.json"),
      let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return nil }
    return object[name] as? String
  }

  func start(_ arguments: [String], environment more: [String: String] = [:]) throws
    -> RunningProgram
  {
    try RunningProgram(command + arguments, environment: environment.merging(more) { $1 })
  }

  private static let asOrdinary = [
    "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
  ]

  /// A copy of the program where every user may run it.
  private static let programForAll: String? = {
    let copy = NSTemporaryDirectory() + "droidbar-program-\(getpid())"
    try? FileManager.default.removeItem(atPath: copy)
    guard (try? FileManager.default.copyItem(atPath: program, toPath: copy)) != nil else {
      return nil
    }
    // A process that another thread starts at this moment may hold the new file open for writing for an instant.
    for _ in 0..<100 {
      let run = try? RunningProgram(asOrdinary + [copy, "--version"], environment: [:]).finish()
      if run?.status == 0 {
        atexit { unlink(NSTemporaryDirectory() + "droidbar-program-\(getpid())") }
        return copy
      }
      usleep(10_000)
    }
    return nil
  }()

  /// False for root where no other user can run the program: its toolchain's folder may be closed to them.
  static var canBeOrdinary: Bool { geteuid() != 0 || programForAll != nil }

  /// Makes the program run as an ordinary user, because file permissions do not apply to root.
  func becomeOrdinary() throws {
    guard geteuid() == 0 else { return }
    command = Self.asOrdinary + [try #require(Self.programForAll)]
    giveAway()
  }

  /// Everything below the home belongs to the ordinary user.
  func giveAway() {
    guard command.count > 1 else { return }
    chown(folder, 65534, 65534)
    for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
      lchown(folder + "/" + name, 65534, 65534)
    }
  }

  func run(_ arguments: String..., environment more: [String: String] = [:]) throws -> Run {
    try start(arguments, environment: more).finish()
  }

  /// One waybar reading as an object.
  func waybar(_ arguments: String..., environment more: [String: String] = [:]) throws
    -> WaybarReading
  {
    let run = try start(["waybar"] + arguments, environment: more).finish()
    return try WaybarReading(run)
  }

  /// Every file below the home, by its path.
  func allFiles() -> [String: String] {
    var found: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
      if let content = read(folder + "/" + name) { found[name] = content }
    }
    return found
  }

  /// Makes a file older, so that the next one is newer whatever the resolution of the file system.
  func age(_ path: String, seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-seconds)], ofItemAtPath: path)
  }
}

/// A line of output as waybar parses it.
struct WaybarReading: Equatable {
  var text: String
  var alt: String
  var tooltip: String
  var classes: [String]
  var percentage: Int?

  struct NotOneObject: Error { let run: Sandbox.Run }

  init(_ run: Sandbox.Run) throws {
    guard run.status == 0, run.errors.isEmpty, run.output.hasSuffix("\n"),
      run.output.filter({ $0 == "\n" }).count == 1, run.output.utf8.count < 4096,
      let object = try? JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any],
      let text = object["text"] as? String, let alt = object["alt"] as? String,
      let tooltip = object["tooltip"] as? String, let classes = object["class"] as? [String]
    else { throw NotOneObject(run: run) }
    self.text = text
    self.alt = alt
    self.tooltip = tooltip
    self.classes = classes
    percentage = object["percentage"] as? Int
  }
}
