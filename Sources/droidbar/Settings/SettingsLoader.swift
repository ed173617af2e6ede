import BarOutput
import UsageCore

/// Brings the settings together: the file's top, its section for the host, the environment, the options.
struct SettingsLoader {
  let environment: Environment
  /// The file that is read when none is named.
  let usualFile: String?
  let clock: @Sendable (Moment, Moment) -> String

  func load(
    _ options: GivenOptions, host: Host?, waitSeconds: Int64 = Settings.waitSeconds
  ) throws(SettingFailure) -> Settings {
    var settings = Settings(clock: clock)
    settings.waitSeconds = waitSeconds
    settings.presentation.hasTooltip = host?.hasTooltip ?? true
    // i3blocks 1.5 hands its block's `markup` over.
    if host == .i3blocks, environment["markup"] == "pango" { settings.style.isPango = true }
    if let file = try file(options) {
      try apply(file, section: nil, to: &settings)
      if let host { try apply(file, section: host.rawValue, to: &settings) }
    }
    // Asking for each of them by its name would cost every print that has none.
    if environment.hasAny(prefix: SettingKey.environmentPrefix) {
      for key in SettingKey.allCases {
        guard let value = environment[key.environmentName] else { continue }
        try settings.set(key, value, from: .variable(key.environmentName))
      }
    }
    for given in options.values {
      try settings.set(given.key, given.value, from: .option(given.key.rawValue))
    }
    return settings
  }

  private func apply(_ file: ConfigFile, section: String?, to settings: inout Settings)
    throws(SettingFailure)
  {
    for entry in file.entries where entry.section == section {
      try settings.set(
        entry.key, entry.value, from: .file(file.path, line: entry.line, key: entry.key.rawValue))
    }
  }

  func file(_ options: GivenOptions) throws(SettingFailure) -> ConfigFile? {
    let named = options.configFile ?? environment["DROIDBAR_CONFIG"]
    guard let path = named ?? usualFile else { return nil }
    let text: String
    do throws(FileProblem) {
      text = try BoundedFile.text(path, limit: 64 * 1024)
    } catch {
      if named == nil, case .missing = error { return nil }
      throw .unreadableFile(sentence: error.sentence)
    }
    return try ConfigFile(path: path, text: text)
  }
}
