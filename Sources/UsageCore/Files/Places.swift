import CLibraries

/// The folders and files of droidbar and droid.
/// https://specifications.freedesktop.org/basedir-spec/latest/
public final class Places: Sendable {
  /// `~/.factory`, or the one below `FACTORY_HOME_OVERRIDE`.
  public let factoryDirectory: String
  /// `~/.cache/droidbar`, or the one below `XDG_CACHE_HOME`.
  public let cacheDirectory: String
  /// `~/.local/state/droidbar`, or the one below `XDG_STATE_HOME`.
  public let stateDirectory: String
  /// `~/.config/droidbar/config`, or the one below `XDG_CONFIG_HOME`.
  public let configFile: String
  /// Identifies the login and the service. Two scopes never share a file.
  public let scope: String

  /// Nil when there is no home directory.
  public init?(environment: Environment) {
    let given = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let home = given ?? Self.homeOfUser() else { return nil }
    func path(_ name: String, in variable: String, orInHome standard: String) -> String {
      guard let folder = environment[variable], folder.hasPrefix("/") else {
        return Path.joined(home, standard)
      }
      return Path.joined(folder, name)
    }
    cacheDirectory = path("droidbar", in: "XDG_CACHE_HOME", orInHome: ".cache/droidbar")
    stateDirectory = path("droidbar", in: "XDG_STATE_HOME", orInHome: ".local/state/droidbar")
    configFile = path(
      "droidbar/config", in: "XDG_CONFIG_HOME", orInHome: ".config/droidbar/config")
    factoryDirectory = Path.joined(environment["FACTORY_HOME_OVERRIDE"] ?? home, ".factory")
    scope = Fingerprint.of(
      factoryDirectory, environment["FACTORY_API_BASE_URL"] ?? "",
      environment["FACTORY_WORKOS_BASE_URL"] ?? "",
      // Half a fingerprint tells keys apart without revealing anything about them.
      environment["FACTORY_API_KEY"].map { String(Fingerprint.of($0).prefix(8)) } ?? "")
  }

  /// The cache of this account, a `SnapshotFile`.
  public var snapshotFile: String { Path.joined(cacheDirectory, "usage-" + scope) }
  /// State of this account: history, locks, notifications.
  public var accountDirectory: String { Path.joined(stateDirectory, "usage-" + scope) }
  /// A `FileLock` that is held during a refresh of the cache.
  public var refreshLock: String { accountDirectory + "/refresh.lock" }

  private static func homeOfUser() -> String? {
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return nil }
    let path = String(cString: home)
    return path.hasPrefix("/") ? path : nil
  }
}
