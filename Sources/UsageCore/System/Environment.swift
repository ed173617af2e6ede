import CLibraries

/// The environment of the process, or a table in its place.
public struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?
  private let containsPrefix: @Sendable (String) -> Bool

  /// The environment this process was started with. Invalid UTF-8 is replaced.
  public static let process = Environment(
    lookup: { name in name.withCString { getenv($0) }.map { String(cString: $0) } },
    containsPrefix: { platform_environment_has($0) != 0 })

  /// The same environment with another value of one variable.
  public func replacing(_ name: String, with value: String) -> Environment {
    Environment(
      lookup: { [lookup] in $0 == name ? value : lookup($0) }, containsPrefix: containsPrefix)
  }

  /// Whether the name of any variable starts with `prefix`.
  public func hasAny(prefix: String) -> Bool {
    containsPrefix(prefix)
  }

  /// The value of a variable, which may be empty.
  public func valueOrEmpty(_ name: String) -> String? {
    lookup(name)
  }

  /// The value of a variable. An empty value counts as unset, as in the XDG specification.
  public subscript(name: String) -> String? {
    guard let value = lookup(name), !value.isEmpty else { return nil }
    return value
  }
}

extension Environment {
  public init(_ values: [String: String]) {
    self.init(
      lookup: { values[$0] },
      containsPrefix: { prefix in values.keys.contains { $0.hasPrefix(prefix) } })
  }
}
