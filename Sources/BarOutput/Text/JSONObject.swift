import UsageCore

/// Builds a JSON object without an encoder. https://www.rfc-editor.org/rfc/rfc8259
public struct JSONObject {
  private var content = "{"

  public init() {
    content.reserveCapacity(1000)
  }

  /// Adds a string. Keys are not escaped, and not checked for duplicates.
  public mutating func add(_ key: String, _ value: String) {
    addRaw(key, JSONString.quoted(value))
  }

  /// Adds an integer.
  public mutating func add(_ key: String, _ value: Int64) {
    addRaw(key, "\(value)")
  }

  /// Numbers that are not finite are left out.
  public mutating func add(_ key: String, _ value: Double) {
    guard value.isFinite else { return }
    addRaw(key, value.decimal)
  }

  /// Adds `true` or `false`.
  public mutating func add(_ key: String, _ value: Bool) {
    addRaw(key, value ? "true" : "false")
  }

  /// Adds an array of strings.
  public mutating func add(_ key: String, _ values: [String]) {
    addRaw(key, "[" + values.map(JSONString.quoted).joined(separator: ",") + "]")
  }

  /// Adds an array of objects.
  public mutating func add(_ key: String, objects: [JSONObject]) {
    addRaw(key, "[" + objects.map { $0.text }.joined(separator: ",") + "]")
  }

  /// The object in one line, with its members in the order of the calls.
  public var text: String { content + "}" }
  /// The object and a newline.
  public var line: String { content + "}\n" }

  private mutating func addRaw(_ key: String, _ value: String) {
    content += content.utf8.count == 1 ? "\"" : ",\""
    content += key
    content += "\":"
    content += value
  }
}
