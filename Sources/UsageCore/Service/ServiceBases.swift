/// Where requests go: one of the two hosts the service has, or what droid's own variables name.
public struct ServiceBases: Equatable, Sendable {
  public enum Region: String, Sendable {
    case global
    case eu

    /// Every other word means the global service.
    public init(word: String?) {
      self = word == Region.eu.rawValue ? .eu : .global
    }

    var api: String {
      switch self {
      case .global: "https://api.factory.ai"
      case .eu: "https://api.eu.factory.ai"
      }
    }
  }

  /// A variable that names no address we would send a login to.
  public struct Refused: Error, Equatable, Sendable {
    public let variable: String

    /// A sentence without its full stop.
    public var sentence: String { "\(variable) must be https://…, or http:// on loopback" }
  }

  private let apiOverride: String?
  public let workOS: String

  public init(environment: Environment) throws(Refused) {
    apiOverride = try Self.checked("FACTORY_API_BASE_URL", environment)
    workOS = try Self.checked("FACTORY_WORKOS_BASE_URL", environment) ?? "https://api.workos.com"
  }

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
    guard base.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), let end = base.range(of: "://") else {
      return false
    }
    let scheme = base[..<end.lowerBound].lowercased()
    let authority = base[end.upperBound...].prefix {
      $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\"
    }
    guard !authority.isEmpty, !authority.contains("@"),
      !base.contains(where: { "?#\\".contains($0) })
    else { return false }
    return scheme == "https" || (scheme == "http" && isLoopback(authority))
  }

  private static func isLoopback(_ authority: Substring) -> Bool {
    if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.count == 1 || UInt16(parts[1]) != nil else { return false }
    if parts[0].lowercased() == "localhost" { return true }
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && !numbers.contains(nil) && numbers[0] == 127
  }
}

extension String {
  /// The first place where `text` stands; `Foundation`'s own is not in its Essentials.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      let rest = self[start...]
      if rest.hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
