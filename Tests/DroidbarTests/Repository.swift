import Foundation
import Testing

/// The repository that these tests are in.
enum Repository {
  static let root = (1...3).reduce(#filePath) { path, _ in
    (path as NSString).deletingLastPathComponent
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// Compares a generated text with its file. `DROIDBAR_RECORD=1 swift test` rewrites the files and then fails, so that
  /// the difference is reviewed.
  static func compare(
    _ text: String, with path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    if ProcessInfo.processInfo.environment["DROIDBAR_RECORD"] != nil {
      try text.write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
      Issue.record(
        "wrote \(path): review it, then run the tests without DROIDBAR_RECORD",
        sourceLocation: sourceLocation)
      return
    }
    #expect(text == (try Self.text(path)), sourceLocation: sourceLocation)
  }
}
