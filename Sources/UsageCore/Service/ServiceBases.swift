/// The base URLs of the services: Factory's two regions, or what droid's variables contain.
public struct ServiceBases: Equatable, Sendable {
  /// The servers that keep an account. The raw value is the one in droid's login.
  public enum Region: String, Sendable {
    case global
    case eu

    /// Anything but `eu` means global.
    public init(name: String?) {
      self = name == Region.eu.rawValue ? .eu : .global
    }

    var api: String {
      switch self {
      case .global: "https://api.factory.ai"
      case .eu: "https://api.eu.factory.ai"
      }
    }
  }

  /// A variable that contains a URL to which no login may be sent.
  public struct Refused: Error, Equatable, Sendable {
    /// `FACTORY_API_BASE_URL` or `FACTORY_WORKOS_BASE_URL`.
    public let variable: String

    /// A sentence without its period.
    public var sentence: String {
      "\(variable) must start with https:// (or http:// on loopback)"
    }
  }

  private static let workOSPath = "/user_management"

  private let apiOverride: String?
  /// Includes `/user_management`. droid's variable contains it too; other clients leave it out.
  public let workOS: String

  public init(environment: Environment) throws(Refused) {
    apiOverride = try Self.checked("FACTORY_API_BASE_URL", environment)
    let base = try Self.checked("FACTORY_WORKOS_BASE_URL", environment) ?? "https://api.workos.com"
    workOS = base.hasSuffix(Self.workOSPath) ? base : base + Self.workOSPath
  }

  /// Without a slash at the end. droid's variable replaces both regions.
  public func api(_ region: Region) -> String {
    apiOverride ?? region.api
  }

  private static func checked(_ variable: String, _ environment: Environment) throws(Refused)
    -> String?
  {
    guard var base = environment[variable] else { return nil }
    while base.hasSuffix("/") { base.removeLast() }
    guard isAcceptable(base) else { throw Refused(variable: variable) }
    return base
  }

  static func isAcceptable(_ base: String) -> Bool {
    guard base.isVisibleASCII, let colon = base.firstIndex(of: ":"),
      base[colon...].hasPrefix("://"),
      !base.contains(where: { $0 == "?" || $0 == "#" || $0 == "\\" })
    else { return false }
    let scheme = base[..<colon].asciiLowercased
    let authority = base[colon...].dropFirst(3).prefix { $0 != "/" }
    guard !authority.isEmpty, !authority.contains("@") else { return false }
    return scheme == "https" || (scheme == "http" && isLoopback(authority))
  }

  private static func isLoopback(_ authority: Substring) -> Bool {
    if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.count == 1 || UInt16(parts[1]) != nil else { return false }
    if parts[0].asciiLowercased == "localhost" { return true }
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && !numbers.contains(nil) && numbers[0] == 127
  }
}
