import Foundation
import Testing

@testable import UsageCore

@Suite("How the login's files look")
struct LoginStampTests {
  private let folder: TemporaryFolder
  private let now = Moment.now()

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("auth.json", "one", age: 100)
    try settle()
  }

  /// The folder was last changed a while ago.
  private func settle() throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-60)], ofItemAtPath: folder.path)
  }

  private func look() -> (stamp: String, folder: FolderStamp?) {
    LoginStamp.look(factoryDirectory: folder.path, now: now)
  }

  private func stamp(_ known: FolderStamp?) -> String {
    LoginStamp.of(factoryDirectory: folder.path, known: known)
  }

  @Test("What spares the search finds the same")
  func same() throws {
    let look = look()
    #expect(try #require(look.folder).present == 1 << 4)
    #expect(stamp(look.folder) == look.stamp)
    #expect(stamp(nil) == look.stamp)
  }

  @Test(
    "Every store that comes, changes or goes is seen",
    arguments: [
      "auth.v2.file", "auth.v2.keyring", "auth.v2.loginkeychain", "auth.encrypted", "auth.json",
      ".env",
    ])
  func changes(name: String) throws {
    let before = look()
    try folder.write(name, "changed")
    #expect(stamp(before.folder) != before.stamp)
    try settle()
    let there = look()
    #expect(stamp(there.folder) == there.stamp)
    // In place, which the folder does not tell.
    let file = try #require(FileHandle(forWritingAtPath: folder.path + "/" + name))
    try file.write(contentsOf: Data("anew and longer".utf8))
    try file.close()
    #expect(stamp(there.folder) != there.stamp)
    let changed = look()
    try FileManager.default.removeItem(atPath: folder.path + "/" + name)
    #expect(stamp(changed.folder) != changed.stamp)
  }

  @Test("A folder that has just been changed is not believed")
  func justChanged() throws {
    try folder.write("other", "x")
    #expect(look().folder == nil)
    #expect(
      LoginStamp.look(factoryDirectory: folder.path, now: now.adding(seconds: -60)).folder == nil)
    try settle()
    #expect(look().folder != nil)
  }

  @Test("A link that leads nowhere may lead somewhere: the search is not spared")
  func dangling() throws {
    let target = folder.path + "/elsewhere"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/auth.v2.file", withDestinationPath: target + "/store")
    try settle()
    let before = look()
    #expect(before.folder == nil)
    try Data("x".utf8).write(to: URL(fileURLWithPath: target + "/store"))
    #expect(stamp(before.folder) != before.stamp)
  }

  @Test("No folder is no login, and one that comes is seen")
  func noFolder() throws {
    let path = folder.path + "/none"
    let before = LoginStamp.look(factoryDirectory: path, now: now)
    #expect(before.folder == nil)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/auth.json"))
    #expect(LoginStamp.of(factoryDirectory: path, known: before.folder) != before.stamp)
  }
}

@Suite("Files are read whole, and nothing else is")
struct BoundedFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("Of every length up to the limit", arguments: [0, 1, 4095, 4096, 4097, 8192, 10_000])
  func lengths(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let path = try folder.write("file", bytes)
    #expect(try BoundedFile.read(path, limit: 10_000) == bytes)
    if length > 0 {
      #expect(throws: FileProblem.tooLarge(path: path, limit: length - 1)) {
        try BoundedFile.read(path, limit: length - 1)
      }
    }
  }

  @Test("A pipe, a folder and a device without end are no files")
  func notFiles() throws {
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, folder.path, "/dev/zero", "/dev/null"] {
      #expect(throws: FileProblem.notARegularFile(path: path)) {
        try BoundedFile.read(path, limit: 100_000)
      }
    }
    #expect(throws: FileProblem.missing(path: folder.path + "/none")) {
      try BoundedFile.read(folder.path + "/none", limit: 100)
    }
  }
}
