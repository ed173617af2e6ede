import BarOutput
import UsageCore

/// Combines the settings of the file's top, its section for the host, the environment, and the options.
struct SettingsLoader {
  let context: Context

  private var environment: Environment { context.environment }

  /// - Parameter waitSeconds: the default of `--wait`; nil for that of the host.
  func load(_ options: ParsedOptions, host: Host?, waitSeconds: Int64? = nil)
    throws(ConfigurationError) -> Settings
  {
    var settings = Settings(clock: context.clockFormat(nil))
    settings.waitSeconds = waitSeconds ?? host?.format.waitSeconds ?? settings.waitSeconds
    if let format = host?.format {
      format.adjust(&settings.style, environment)
      settings.presentation.hasTooltip = format.hasTooltip
      settings.presentation.explainsClicks = format.explainsClicks
    }
    let file = try file(options)
    try checkEnvironment()
    for given in values(file, options, host) {
      try settings.set(given.setting, given.value, from: given.source)
    }
    try settings.check()
    // Data that is too old to be shown is not fresh either.
    settings.ttlSeconds = min(settings.ttlSeconds, settings.presentation.maxAgeSeconds)
    if let name = settings.presentation.account {
      guard let account = file?.accounts.first(where: { $0.name == name }) else {
        throw .unknownAccount(name, known: file?.accounts.map { $0.name } ?? [])
      }
      settings.account = account
    }
    return settings
  }

  /// The form of the output, from the settings that are valid: errors are shown in it too.
  func style(_ options: ParsedOptions, _ host: Host) -> HostStyle {
    var settings = Settings(clock: context.clockFormat(nil))
    host.format.adjust(&settings.style, environment)
    for given in values(try? file(options), options, host) {
      try? settings.set(given.setting, given.value, from: given.source)
    }
    return settings.style
  }

  /// The values from all sources; later ones win.
  private func values(_ file: ConfigFile?, _ options: ParsedOptions, _ host: Host?) -> [GivenValue]
  {
    var values: [GivenValue] = []
    if let file {
      let top = file.entries.filter { $0.host == nil }
      for entry in top + file.entries.filter({ $0.host != nil && $0.host == host }) {
        let key = entry.setting.rawValue
        values.append(
          GivenValue(
            setting: entry.setting, value: entry.value,
            source: .file(file.path, line: entry.line, key: key)))
      }
    }
    if environment.hasAny(prefix: Setting.environmentPrefix) {
      for setting in Setting.allCases {
        let name = setting.environmentName
        // An empty label means no label.
        let given = setting == .label ? environment.valueOrEmpty(name) : environment[name]
        if let given {
          values.append(GivenValue(setting: setting, value: given, source: .variable(name)))
        }
      }
    }
    for given in options.values {
      values.append(
        GivenValue(
          setting: given.setting, value: given.value, source: .option(given.setting.rawValue)))
    }
    return values
  }

  private func checkEnvironment() throws(ConfigurationError) {
    guard environment.hasAny(prefix: Setting.environmentPrefix) else { return }
    for option in Setting.commandLineOnly {
      let name = Setting.environmentName(of: option)
      if environment[name] != nil { throw .onlyOnCommandLine(.variable(name)) }
    }
  }

  /// The configuration file; nil when there is none.
  func file(_ options: ParsedOptions) throws(ConfigurationError) -> ConfigFile? {
    guard let path = options.configFile ?? context.places?.configFile else { return nil }
    let text: String
    do throws(FileError) {
      text = try BoundedFile.text(path, limit: 64 * 1024)
    } catch {
      if options.configFile == nil, case .missing = error { return nil }
      throw .unreadableFile(sentence: error.sentence)
    }
    return try ConfigFile(path: path, text: text, home: environment["HOME"] ?? "")
  }

  /// Every setting that is not at its default, with its source: `ttl = 5m (DROIDBAR_TTL)`.
  func origins(_ options: ParsedOptions) throws(ConfigurationError) -> [String] {
    let file = try file(options)
    var origins: [String] = []
    for setting in Setting.allCases {
      func add(_ value: String, _ source: String) {
        origins.append("\(setting.rawValue) = \(value) (\(source))")
      }
      if let given = options.values.last(where: { $0.setting == setting }) {
        add(given.value, "--\(setting.rawValue)")
      } else if let value = environment[setting.environmentName] {
        add(value, setting.environmentName)
      } else if let file {
        // The last entry of each section wins.
        var latest: [ConfigFile.Entry] = []
        for entry in file.entries where entry.setting == setting {
          latest.removeAll { $0.host == entry.host }
          latest.append(entry)
        }
        for entry in latest { add(entry.value, "\(file.path):\(entry.line)") }
      }
    }
    return origins
  }
}

private struct GivenValue {
  let setting: Setting
  let value: String
  let source: ConfigurationError.Source
}

extension Context {
  /// droid needs the same value to use the same login.
  var droidHome: String? { environment["FACTORY_HOME_OVERRIDE"] }

  /// The base addresses of the service, from the environment.
  func serviceBases() throws(ConfigurationError) -> ServiceBases {
    do throws(ServiceBases.Refused) {
      return try ServiceBases(environment: environment)
    } catch {
      throw .environment(sentence: error.sentence)
    }
  }

  /// The same context with the home directory of an account.
  func using(_ account: Account?) -> Context {
    guard let account else { return self }
    var context = self
    context.environment = environment.replacing("FACTORY_HOME_OVERRIDE", with: account.home)
    context.places = Places(environment: context.environment)
    return context
  }
}
