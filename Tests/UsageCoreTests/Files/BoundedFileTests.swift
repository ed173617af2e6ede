import Foundation
import Testing

@testable import UsageCore

@Suite("Bounded file reads")
struct BoundedFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("Whole files up to the limit are read", arguments: [0, 1, 2047, 2048, 2049, 4096, 10_000])
  func lengths(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let path = try folder.write("file", bytes)
    #expect(try BoundedFile.read(path, limit: 10_000) == bytes)
    if length > 0 {
      #expect(throws: FileError.tooLarge(path: path, limit: length - 1)) {
        try BoundedFile.read(path, limit: length - 1)
      }
    }
  }

  @Test("A pipe, a folder and an endless device are rejected")
  func notFiles() throws {
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, folder.path, "/dev/zero", "/dev/null"] {
      #expect(throws: FileError.notARegularFile(path: path)) {
        try BoundedFile.read(path, limit: 100_000)
      }
    }
    #expect(throws: FileError.missing(path: folder.path + "/none")) {
      try BoundedFile.read(folder.path + "/none", limit: 100)
    }
  }
}
