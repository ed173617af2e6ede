import CLibraries

/// The process environment, or a table that stands in for it.
public struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?
  private let isThere: @Sendable (_ prefix: String) -> Bool

  public init(_ values: [String: String]) {
    lookup = { values[$0] }
    isThere = { prefix in values.keys.contains { $0.hasPrefix(prefix) } }
  }

  private init(
    lookup: @escaping @Sendable (String) -> String?, isThere: @escaping @Sendable (String) -> Bool
  ) {
    self.lookup = lookup
    self.isThere = isThere
  }

  /// The environment this process was started with. Bytes that are not UTF-8 are replaced.
  public static let process = Environment(
    lookup: { name in getenv(name).map { String(cString: $0) } },
    isThere: { platform_environment_has($0) != 0 })

  /// Whether any variable's name begins with `prefix`.
  public func hasAny(prefix: String) -> Bool {
    isThere(prefix)
  }

  /// The value of a variable; an empty one counts as not set, as the XDG specification asks.
  public subscript(name: String) -> String? {
    guard let value = lookup(name), !value.isEmpty else { return nil }
    return value
  }
}
