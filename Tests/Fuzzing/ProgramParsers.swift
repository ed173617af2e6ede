import BarOutput
import UsageCore

/// The parsers of the program itself: arguments, configuration, clicks and setup.
enum ProgramParsers {
  static let all: [@Sendable ([UInt8]) -> Void] = [configuration, arguments, click, setup]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func configuration(_ bytes: [UInt8]) {
    guard let file = try? ConfigFile(path: "config", text: text(bytes), home: "/home/x") else {
      return
    }
    var settings = Settings(clock: { _, _, _ in "" })
    for entry in file.entries {
      try? settings.set(entry.setting, entry.value, from: .option("x"))
    }
    try? settings.check()
  }

  private static func arguments(_ bytes: [UInt8]) {
    let arguments = text(bytes).split(separator: "\n").map { String($0) }
    do throws(ConfigurationError) {
      _ = try ParsedCommandLine(arguments)
    } catch {
      require(!error.sentence.isEmpty, "errors have a sentence")
    }
  }

  private static func click(_ bytes: [UInt8]) {
    _ = ClickStream.click(text(bytes))
  }

  /// Adding and then removing the module restores the original file.
  private static func setup(_ bytes: [UInt8]) {
    SetupParsers.roundTrip(bytes)
    let text = text(bytes)
    require(
      UnifiedDiff.text(from: text, to: text + "x\n", path: "p").hasPrefix("---"), "a diff")
  }
}
