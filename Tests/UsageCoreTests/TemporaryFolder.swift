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

  /// Writes a program. Another process does it: a file that this one has open for writing could be handed to a child
  /// that another test starts at that moment, and would then not run.
  func writeProgram(_ name: String, _ text: String) throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "printf '%s' \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", text, path + "/" + name,
    ]
    try shell.run()
    shell.waitUntilExit()
  }
}
