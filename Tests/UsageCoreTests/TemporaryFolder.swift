import Foundation

/// A real folder for the length of a test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "droidbar-unit-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file that is `age` seconds old.
  @discardableResult
  func write(_ name: String, _ content: [UInt8], age: Double = 0, mode: Int = 0o600) throws
    -> String
  {
    let file = path + "/" + name
    try Data(content).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-age), .posixPermissions: mode],
      ofItemAtPath: file)
    return file
  }

  @discardableResult
  func write(_ name: String, _ content: String, age: Double = 0, mode: Int = 0o600) throws -> String
  {
    try write(name, Array(content.utf8), age: age, mode: mode)
  }
}
