import Foundation
import Testing

@testable import UsageCore

@Suite("Atomic file replacement")
struct AtomicFileTests {
  @Test(
    "A file becomes newer than another one, whatever the clock says",
    arguments: [0, 3_000_000_000, Int64.max])
  func newer(seconds: Int64) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/file"
    let earlier = ModificationTime(seconds: seconds, nanoseconds: 999_999_999)
    try AtomicFile(replacing: path).commit([1, 2], modifiedAfter: earlier)
    #expect(try BoundedFile.read(path, limit: 10) == [1, 2])
    // No file system stores the last second.
    if seconds < .max { #expect(try #require(FileStatus(path)).modified > earlier) }
  }
}
