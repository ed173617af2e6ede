import BarOutput

/// What a command works with.
final class Invocation {
  let context: Context
  let settings: Settings
  let options: ParsedOptions

  /// Loads the settings. The context becomes that of the chosen account.
  ///
  /// - Parameter waitSeconds: the default of `--wait`; nil for that of the host.
  init(
    _ context: Context, _ options: ParsedOptions, host: Host? = nil,
    waitSeconds: Int64? = nil
  ) throws(ConfigurationError) {
    var settings = try SettingsLoader(context: context)
      .load(options, host: host, waitSeconds: waitSeconds)
    self.context = context.using(settings.account)
    settings.presentation.droidHome = self.context.droidHome
    self.settings = settings
    self.options = options
  }
}
