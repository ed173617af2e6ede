import Foundation
import Testing

@testable import UsageCore

@Suite("droid's own write lock")
struct DroidLockTests {
  let folder: TemporaryFolder
  var path: String { folder.path + "/" + DroidLock.name }

  init() throws {
    folder = try TemporaryFolder()
  }

  private func take() throws -> Bool {
    guard let lock = try DroidLock.take(factoryDirectory: folder.path, clock: Moment.now) else {
      return false
    }
    let owner = try #require(JSONValue(try BoundedFile.read(path + "/owner.json", limit: 1000)))
    #expect(owner["pid"]?.integer == Int64(getpid()))
    lock.release()
    return true
  }

  private func hold(pid: Int32?) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    if let pid {
      try Data(#"{"token":"theirs","pid":\#(pid)}"#.utf8).write(
        to: URL(fileURLWithPath: path + "/owner.json"))
    }
  }

  private var leftovers: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  }

  @Test("The lock names its owner, and releasing it leaves no files behind")
  func free() throws {
    #expect(try take())
    #expect(leftovers.isEmpty)
  }

  @Test("The lock of a live process is waited for and never broken")
  func held() throws {
    try hold(pid: getppid())
    #expect(try !take())
    #expect(try BoundedFile.text(path + "/owner.json", limit: 1000).contains("theirs"))
    #expect(leftovers == [DroidLock.name])
  }

  @Test("The lock of a live process is kept, however old it is")
  func old() throws {
    try hold(pid: getppid())
    for name in ["/owner.json", ""] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date().addingTimeInterval(-3600)], ofItemAtPath: path + name)
    }
    #expect(!DroidLock.isAbandoned(path, now: Moment.now()))
  }

  @Test("The lock of a dead process is removed")
  func dead() throws {
    try hold(pid: 0x3fff_fff0)
    #expect(try take())
    #expect(leftovers.isEmpty)
  }

  @Test("A lock without an owner is removed after 10 seconds")
  func ownerless() throws {
    try hold(pid: nil)
    #expect(try !take())
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-11)], ofItemAtPath: path)
    #expect(try take())
  }

  @Test(
    "Another client's lock file expires 30 s after its process ended, or after 60 s if it names none",
    arguments: [
      (#"{"pid":1073741808,"createdAt":1,"nonce":"x"}"#, 25.0, false),
      (#"{"pid":1073741808,"createdAt":1,"nonce":"x"}"#, 31, true), ("", 55, false),
      ("", 61, true), ("not JSON", 61, true), (#"{"pid":-1}"#, 61, true),
    ])
  func plainFile(content: String, age: Double, isAbandoned: Bool) throws {
    try folder.write(DroidLock.name, content, age: age)
    #expect(DroidLock.isAbandoned(path, now: Moment.now()) == isAbandoned)
    if isAbandoned {
      #expect(try take())
      #expect(leftovers.isEmpty)
    }
  }

  @Test("The lock file of a live process is never removed")
  func livePlainFile() throws {
    try folder.write(DroidLock.name, #"{"pid":\#(getppid())}"#, age: 1000)
    #expect(try !take())
    #expect(leftovers == [DroidLock.name])
  }

  @Test("A lock that another process has taken over is not released")
  func stolen() throws {
    guard let lock = try DroidLock.take(factoryDirectory: folder.path, clock: Moment.now) else {
      Issue.record("a free lock was not given")
      return
    }
    try hold(pid: getppid())
    lock.release()
    #expect(try BoundedFile.text(path + "/owner.json", limit: 1000).contains("theirs"))
  }
}
