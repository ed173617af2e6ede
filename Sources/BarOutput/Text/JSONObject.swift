import UsageCore

/// Builds a JSON object without an encoder. https://www.rfc-editor.org/rfc/rfc8259
public struct JSONObject {
  /// Without the closing brace.
  private var bytes = [UInt8(ascii: "{")]

  public init() {
    bytes.reserveCapacity(1000)
  }

  /// Adds a string. Keys are not escaped, and not checked for duplicates.
  public mutating func add(_ key: String, _ value: String) {
    add(key)
    JSONString.write(value, to: &bytes)
  }

  /// Adds an integer.
  public mutating func add(_ key: String, _ value: Int64) {
    add(key)
    bytes += "\(value)".utf8
  }

  /// Numbers that are not finite are left out.
  public mutating func add(_ key: String, _ value: Double) {
    guard value.isFinite else { return }
    add(key)
    bytes += value.decimal.utf8
  }

  /// Adds `true` or `false`.
  public mutating func add(_ key: String, _ value: Bool) {
    add(key)
    bytes += (value ? "true" : "false").utf8
  }

  /// Adds an array of strings.
  public mutating func add(_ key: String, _ values: [String]) {
    add(key)
    JSONList.write(values, "[", "]", to: &bytes) { JSONString.write($0, to: &$1) }
  }

  /// Adds an array of objects.
  public mutating func add(_ key: String, objects: [JSONObject]) {
    add(key)
    JSONList.write(objects, "[", "]", to: &bytes) { $1 += $0.text.utf8 }
  }

  /// The object in one line, with its members in the order of the calls.
  public var text: String { String(decoding: bytes + "}".utf8, as: UTF8.self) }
  /// The object and a newline.
  public var line: String { String(decoding: bytes + "}\n".utf8, as: UTF8.self) }

  private mutating func add(_ key: String) {
    bytes += (bytes.count == 1 ? "\"" : ",\"").utf8
    bytes += key.utf8
    bytes += "\":".utf8
  }
}
