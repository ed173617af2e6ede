/// The process environment, or a table that stands in for it.
public struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?

  public init(_ values: [String: String]) {
    lookup = { values[$0] }
  }

  private init(lookup: @escaping @Sendable (String) -> String?) {
    self.lookup = lookup
  }

  /// The environment this process was started with. Bytes that are not UTF-8 are replaced.
  public static let process = Environment(lookup: { name in
    getenv(name).map { String(cString: $0) }
  })

  /// The value of a variable; an empty one counts as not set, as the XDG specification asks.
  public subscript(name: String) -> String? {
    guard let value = lookup(name), !value.isEmpty else { return nil }
    return value
  }
}
