import CLibraries
import Foundation
import LoopbackFactory
import Testing

@testable import UsageCore

/// A temporary home directory in which the built program runs.
final class Sandbox {
  struct Run: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  let folder: String
  private var command = [Sandbox.program]
  /// Retained, because the service stops when it is released.
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
  var cache: String { folder + "/.cache/droidbar" }

  /// The program beside the tests, or the one that `DROIDBAR_PROGRAM` names: the installed one is linked another way.
  static let program: String = {
    if let named = ProcessInfo.processInfo.environment["DROIDBAR_PROGRAM"] { return named }
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (tests as NSString).deletingLastPathComponent + "/droidbar"
  }()

  /// Where the program keeps its files.
  var places: Places {
    get throws { try #require(Places(environment: Environment(environment))) }
  }

  /// Writes a login, as `auth.json` unless another path is given.
  func logIn(
    _ pair: (access: String, refresh: String), at path: String? = nil, extra: String = ""
  ) throws {
    try write(
      path ?? factory + "/auth.json",
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
    guard (try? copyProgram(to: copy)) != nil else { return nil }
    atexit { unlink(NSTemporaryDirectory() + "droidbar-program-\(getpid())") }
    let run = try? RunningProgram(asOrdinary + [copy, "--version"], environment: [:]).finish()
    return run?.status == 0 ? copy : nil
  }()

  /// Copies the program. The copy can run: a process that another thread starts at this moment may hold it open for
  /// writing for an instant.
  static func copyProgram(to path: String) throws {
    try FileManager.default.copyItem(atPath: program, toPath: path)
    waitUntil {
      (try? RunningProgram([path, "--version"], environment: [:]).finish())?.status == 0
    }
  }

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

  /// Makes the cached data look older.
  func ageData(seconds: Int64) throws {
    let file = try places.snapshotFile
    var snapshot = try #require(SnapshotFile.load(file))
    snapshot.data?.takenAt = Moment.now().adding(seconds: -seconds)
    try SnapshotFile.store(snapshot, at: file)
  }

  /// Makes the record of a sent token look older, by both clocks.
  func ageRecord(seconds: Int) throws {
    let name = try #require(allFiles().keys.first { $0.hasSuffix("/sent") })
    let path = folder + "/" + name
    var lines = try #require(read(path)).components(separatedBy: "\n")
    for index in [2, 4] { lines[index] = "\((try #require(Int(lines[index]))) - seconds)" }
    try write(path, lines.joined(separator: "\n"))
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
