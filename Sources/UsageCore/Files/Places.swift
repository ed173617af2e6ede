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
    func folder(_ variable: String, default standard: String) -> String {
      guard let path = environment[variable], path.hasPrefix("/") else {
        return home + "/" + standard
      }
      return path
    }
    cacheDirectory = folder("XDG_CACHE_HOME", default: ".cache") + "/droidbar"
    stateDirectory = folder("XDG_STATE_HOME", default: ".local/state") + "/droidbar"
    configFile = folder("XDG_CONFIG_HOME", default: ".config") + "/droidbar/config"
    factoryDirectory = (environment["FACTORY_HOME_OVERRIDE"] ?? home) + "/.factory"
    scope = Fingerprint.of(
      factoryDirectory, environment["FACTORY_API_BASE_URL"] ?? "",
      environment["FACTORY_WORKOS_BASE_URL"] ?? "",
      // Half a fingerprint tells keys apart without revealing anything about them.
      environment["FACTORY_API_KEY"].map { String(Fingerprint.of($0).prefix(8)) } ?? "")
  }

  /// The cache of this account, a `SnapshotFile`.
  public var snapshotFile: String { cacheDirectory + "/usage-" + scope }
  /// State of this account: history, locks, notifications.
  public var accountDirectory: String { stateDirectory + "/usage-" + scope }
  /// A `FileLock` that is held during a refresh of the cache.
  public var refreshLock: String { accountDirectory + "/refresh.lock" }

  private static func homeOfUser() -> String? {
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return nil }
    let path = String(cString: home)
    return path.hasPrefix("/") ? path : nil
  }
}
