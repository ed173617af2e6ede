import UsageCore

/// Finds the configuration files of a host.
struct ConfigurationSearch {
  private static let maximumIncludes = 50

  let environment: Environment

  private var home: String { environment["HOME"] ?? "" }

  /// The places where the host looks for the user's file.
  func paths(_ configuration: BarConfiguration) -> [String] {
    configuration.paths(
      UserFolders(
        configHome: environment["XDG_CONFIG_HOME"] ?? home + "/.config", home: home,
        factory: (environment["FACTORY_HOME_OVERRIDE"] ?? home) + "/.factory"))
  }

  /// The user's file and the files that it includes.
  func files(_ configuration: BarConfiguration) throws(SetupRefusal) -> [SetupFile] {
    for path in paths(configuration) where Path.exists(path) {
      let main = try SetupFile(path)
      return [main] + included(by: main, configuration)
    }
    return []
  }

  /// The included files that exist and can be read.
  func included(by main: SetupFile, _ configuration: BarConfiguration) -> [SetupFile] {
    configuration.includes(main.text).prefix(Self.maximumIncludes).compactMap { name in
      var path = name
      if path.hasPrefix("~/") { path = home + path.dropFirst() }
      if path.hasPrefix("$HOME/") { path = home + path.dropFirst(5) }
      if !path.hasPrefix("/") { path = Path.parent(of: main.path) + "/" + path }
      return Path.exists(path) ? try? SetupFile(path) : nil
    }
  }
}
