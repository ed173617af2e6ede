import BarOutput
import Foundation
import UsageCore

@testable import droidbar

/// A temporary home directory in which `setup` runs.
final class SetupHome {
  let path = NSTemporaryDirectory() + "droidbar-setup-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file below the home, and returns its path.
  @discardableResult
  func put(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The bytes of a file below the home as text, so that a byte order mark stays visible; nil without the file.
  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func run(
    _ host: BarOutput.Host, _ options: SetupOptions, variables: [String: String] = [:]
  ) -> Outcome {
    let environment = Environment(["HOME": path].merging(variables) { $1 })
    return SetupCommand(
      environment: environment, now: Moment(seconds: 1_774_000_000), host: host, options: options
    ).run()
  }
}

extension BarConfiguration {
  /// A file with the module.
  func added(to text: String, bar: String? = nil) throws -> String {
    var files = ConfigurationFiles(texts: [ConfigurationText(Array(text.utf8))])
    try setUp(&files, bar: bar)
    return files.main.string
  }

  /// A file without the module.
  func removed(from text: String) -> String {
    var files = ConfigurationFiles(texts: [ConfigurationText(Array(text.utf8))])
    remove(&files)
    return files.main.string
  }
}
