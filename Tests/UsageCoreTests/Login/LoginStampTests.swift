import Foundation
import Testing

@testable import UsageCore

@Suite("Login file stamp")
struct LoginStampTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("auth.json", "one", age: 100)
  }

  private var stamp: String { LoginStamp.of(factoryDirectory: folder.path) }

  @Test(
    "It changes when a store is added, changed or removed",
    arguments: [
      "auth.v2.file", "auth.v2.keyring", "auth.v2.loginkeychain", "auth.encrypted", "auth.json",
      ".env",
    ])
  func changes(name: String) throws {
    let before = stamp
    #expect(stamp == before)
    try folder.write(name, "changed")
    let changed = stamp
    #expect(changed != before)
    let file = try #require(FileHandle(forWritingAtPath: folder.path + "/" + name))
    try file.write(contentsOf: Data("written in place, and longer".utf8))
    try file.close()
    let rewritten = stamp
    #expect(rewritten != changed)
    try FileManager.default.removeItem(atPath: folder.path + "/" + name)
    #expect(stamp != rewritten)
  }

  @Test("A write within the same second changes it")
  func sameSecond() throws {
    let path = try folder.write("auth.json", "one")
    func set(_ nanoseconds: Int) {
      let times = [timespec(tv_sec: 1_800_000_000, tv_nsec: nanoseconds)]
      #expect(utimensat(AT_FDCWD, path, times + times, 0) == 0)
    }
    set(1)
    let before = stamp
    set(2)
    #expect(stamp != before)
  }

  @Test("Another file with the same size and time changes it, as after a restore from a backup")
  func replaced() throws {
    let time = [timespec(tv_sec: 1_800_000_000, tv_nsec: 5)]
    let path = try folder.write("auth.json", "one")
    let other = try folder.write("backup", "two")
    for path in [path, other] { #expect(utimensat(AT_FDCWD, path, time + time, 0) == 0) }
    let before = stamp
    #expect(rename(other, path) == 0)
    #expect(stamp != before)
  }

  @Test("It ignores other files, and exists for a missing folder too")
  func others() throws {
    let before = stamp
    try folder.write("settings.json", "{}")
    #expect(stamp == before)
    #expect(LoginStamp.of(factoryDirectory: folder.path + "/none") != before)
  }
}
