/// Where everything lives: the XDG folders and droid's own.
/// https://specifications.freedesktop.org/basedir-spec/latest/
///
/// A class: a print hands it around, and it has six texts.
public final class Places: Sendable {
  /// `~/.factory`, or the one below `FACTORY_HOME_OVERRIDE`.
  public let factoryDirectory: String
  public let cacheDirectory: String
  public let stateDirectory: String
  public let configFile: String
  /// Names the login and the service that a reading is of: two of them never share a file.
  public let scope: String

  /// Nil when there is no home at all.
  public init?(environment: Environment) {
    guard let home = environment["HOME"] ?? Self.homeOfAccount() else { return nil }
    func folder(_ name: String, _ otherwise: String) -> String {
      guard let path = environment[name], path.hasPrefix("/") else { return home + "/" + otherwise }
      return path
    }
    cacheDirectory = folder("XDG_CACHE_HOME", ".cache") + "/droidbar"
    stateDirectory = folder("XDG_STATE_HOME", ".local/state") + "/droidbar"
    configFile = folder("XDG_CONFIG_HOME", ".config") + "/droidbar/config"
    factoryDirectory = (environment["FACTORY_HOME_OVERRIDE"] ?? home) + "/.factory"
    scope = Fingerprint.of(
      factoryDirectory, environment["FACTORY_API_BASE_URL"] ?? "",
      environment["FACTORY_WORKOS_BASE_URL"] ?? "",
      // Half of the key's own fingerprint: enough to tell accounts apart, too little to say anything of the key.
      environment["FACTORY_API_KEY"].map { String(Fingerprint.of($0).prefix(8)) } ?? "")
  }

  public var snapshotFile: String { cacheDirectory + "/usage-" + scope }
  /// What is kept of this account besides its figures.
  public var accountDirectory: String { stateDirectory + "/usage-" + scope }
  public var refreshLock: String { accountDirectory + "/refresh.lock" }

  private static func homeOfAccount() -> String? {
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else { return nil }
    let path = String(cString: home)
    return path.hasPrefix("/") ? path : nil
  }
}
