import UsageCore

/// JSON spelled by hand: a print opens no encoder. https://www.rfc-editor.org/rfc/rfc8259
public struct JSONText {
  public init() {}

  private var text = "{"

  public mutating func add(_ key: String, _ value: String) {
    addRaw(key, JSONString.spelled(value))
  }

  public mutating func add(_ key: String, _ value: Int64) {
    addRaw(key, "\(value)")
  }

  /// A finite number; any other is left out.
  public mutating func add(_ key: String, _ value: Double) {
    guard value.isFinite else { return }
    addRaw(key, value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)")
  }

  public mutating func add(_ key: String, _ value: Bool) {
    addRaw(key, value ? "true" : "false")
  }

  public mutating func add(_ key: String, _ values: [String]) {
    var list = "["
    for value in values {
      if list.utf8.count > 1 { list += "," }
      list += JSONString.spelled(value)
    }
    addRaw(key, list + "]")
  }

  public mutating func add(_ key: String, objects: [JSONText]) {
    addRaw(key, "[" + objects.map(\.closed).joined(separator: ",") + "]")
  }

  public mutating func add(_ key: String, object: JSONText) {
    addRaw(key, object.closed)
  }

  public var closed: String { text + "}" }

  private mutating func addRaw(_ key: String, _ value: String) {
    if text.utf8.count > 1 { text += "," }
    text += JSONString.spelled(key) + ":" + value
  }
}
