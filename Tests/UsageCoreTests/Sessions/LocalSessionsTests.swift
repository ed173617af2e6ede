import Foundation
import Testing

@testable import UsageCore

@Suite("Today's tokens from local sessions", .serialized)
struct LocalSessionsTests {
  private let folder: TemporaryFolder
  private let sessions: LocalSessions
  private let places: Places
  private let now = Moment.now()

  init() throws {
    folder = try TemporaryFolder()
    let environment = Environment(["HOME": folder.path])
    places = try #require(Places(environment: environment))
    try Path.makePrivateDirectory(places.accountDirectory)
    sessions = LocalSessions(places: places, environment: environment)
  }

  /// The start of a session, as droid writes it.
  private func iso(_ moment: Moment) -> String {
    let date = Date(timeIntervalSince1970: Double(moment.seconds))
    return date.ISO8601Format()
  }

  private func write(
    _ name: String, model: String = "opus", input: Int, cached: Int = 0, started: Moment? = nil,
    in subfolder: String = "project"
  ) throws {
    let path = places.factoryDirectory + "/sessions/" + subfolder
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let text = """
      {"model":"\(model)","providerLockTimestamp":"\(iso(started ?? now))",
       "inclusiveTokenUsage":{"inputTokens":999999},
       "tokenUsage":{"inputTokens":\(input),"outputTokens":1,"cacheReadTokens":\(cached)}}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name).settings.json"))
  }

  private func total(at moment: Moment? = nil) -> Int64? {
    sessions.today(now: moment ?? now)?.total.worked
  }

  @Test("Tokens are summed by model; child sessions count once, the user's own keys never")
  func models() throws {
    try write("a", input: 100, cached: 50)
    try write("b", input: 200, in: "project/deeper")
    try write("c", model: "codex", input: 400)
    try write("d", model: "custom:mine", input: 10_000)
    let today = try #require(sessions.today(now: now))
    #expect(today.models.map(\.name) == ["codex", "opus"])
    #expect(today.models.map(\.count.worked) == [401, 302])
    #expect(today.models[1].count.fromCache == 50)
  }

  @Test("New tokens are added, and unchanged files are not read again")
  func grows() throws {
    try write("a", input: 100)
    #expect(total() == 101)
    try write("a", input: 150)
    #expect(total() == 151)
    let path = places.factoryDirectory + "/sessions/project/a.settings.json"
    var status = stat()
    #expect(stat(path, &status) == 0)
    try write("a", input: 900)
    #expect(utimensat(AT_FDCWD, path, [status.st_atim, status.st_mtim], 0) == 0)
    #expect(total() == 151)
  }

  @Test("A session from an earlier day counts from its first reading")
  func earlier() throws {
    try write("a", input: 1000, started: now.adding(seconds: -3 * 86_400))
    #expect(total() == 0)
    try write("a", input: 1200, started: now.adding(seconds: -3 * 86_400))
    #expect(total() == 200)
  }

  @Test("Counts restart at midnight while sessions continue")
  func midnight() throws {
    try write("a", input: 100)
    #expect(total() == 101)
    let tomorrow = now.adding(seconds: 86_400)
    #expect(total(at: tomorrow) == 0)
    try write("a", input: 130)
    #expect(total(at: tomorrow) == 30)
  }

  @Test(
    "A counter reset subtracts nothing, and an unreadable file keeps its count")
  func odd() throws {
    try write("a", input: 100)
    #expect(total() == 101)
    let path = places.factoryDirectory + "/sessions/project/a.settings.json"
    try Data("{".utf8).write(to: URL(fileURLWithPath: path))
    #expect(total() == 101)
    try write("a", input: 7)
    #expect(total() == 8)
  }

  @Test("A counter that was reset counts up from there")
  func setBack() throws {
    let earlier = now.adding(seconds: -3 * 86_400)
    try write("a", input: 1000, started: earlier)
    #expect(total() == 0)
    try write("a", input: 10, started: earlier)
    #expect(total() == 0)
    try write("a", input: 25, started: earlier)
    #expect(total() == 15)
  }

  @Test("A partially written file does not count as a new session")
  func caughtHalfWritten() throws {
    let earlier = now.adding(seconds: -3 * 86_400)
    try write("a", input: 1)
    let path = places.factoryDirectory + "/sessions/project/b.settings.json"
    try Data("{\"model\":".utf8).write(to: URL(fileURLWithPath: path))
    #expect(total() == 2)
    try write("b", input: 5000, started: earlier)
    #expect(total() == 2)
  }

  @Test("Tokens used with the user's own key stay excluded when the model changes")
  func changedModel() throws {
    let earlier = now.adding(seconds: -3 * 86_400)
    try write("a", model: "custom:mine", input: 9000, started: earlier)
    #expect(total() == 0)
    try write("a", input: 9100, started: earlier)
    #expect(total() == 0)
    try write("a", input: 9150, started: earlier)
    #expect(total() == 50)
  }

  @Test("Deleted sessions are dropped from the index the next day")
  func gone() throws {
    try write("a", input: 1)
    try write("b", input: 2)
    #expect(total() == 5)
    try FileManager.default.removeItem(
      atPath: places.factoryDirectory + "/sessions/project/b.settings.json")
    #expect(total() == 5)
    #expect(total(at: now.adding(seconds: 86_400)) == 0)
    #expect(SessionIndex(path: places.accountDirectory + "/sessions")?.entries.count == 1)
  }

  @Test("Extreme counts neither overflow nor become negative")
  func absurd() throws {
    let max = Int.max
    try write("a", input: max)
    try write("b", input: max)
    try write("c", input: -5)
    #expect(total() == Int64.max)
  }

  @Test("Copies and unrelated files are ignored")
  func others() throws {
    try write("a", input: 100)
    let path = places.factoryDirectory + "/sessions/project/"
    for name in ["a.settings.json.bak", "settings.json", ".settings.json", "a.jsonl"] {
      try FileManager.default.copyItem(atPath: path + "a.settings.json", toPath: path + name)
    }
    try FileManager.default.createSymbolicLink(
      atPath: path + "loop", withDestinationPath: "..")
    #expect(total() == 101)
  }

  @Test("A truncated index is rebuilt")
  func tornIndex() throws {
    try write("a", input: 100)
    #expect(total() == 101)
    let path = places.accountDirectory + "/sessions"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for length in stride(from: 0, to: text.utf8.count, by: 7) {
      try String(text.prefix(length)).write(toFile: path, atomically: true, encoding: .utf8)
      #expect(total() == 101, "cut at \(length)")
    }
  }

  @Test("There is no result without sessions")
  func none() {
    #expect(sessions.today(now: now) == nil)
  }

  @Test("DROID_SESSIONS_DIR overrides the folder")
  func elsewhere() throws {
    try write("a", input: 100)
    let environment = Environment([
      "HOME": folder.path, "DROID_SESSIONS_DIR": folder.path + "/nowhere",
    ])
    #expect(LocalSessions(places: places, environment: environment).today(now: now) == nil)
  }
}
