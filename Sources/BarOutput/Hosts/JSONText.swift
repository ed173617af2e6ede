/// JSON spelled by hand: a print opens no encoder. https://www.rfc-editor.org/rfc/rfc8259
public struct JSONText {
  public init() {}

  private var text = "{"

  public mutating func add(_ key: String, _ value: String) {
    addRaw(key, Self.string(value))
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
    addRaw(key, "[" + values.map(Self.string).joined(separator: ",") + "]")
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
    text += Self.string(key) + ":" + value
  }

  private static let digits = Array("0123456789abcdef".unicodeScalars)

  static func string(_ value: String) -> String {
    var spelled = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": spelled += "\\\""
      case "\\": spelled += "\\\\"
      case "\n": spelled += "\\n"
      case "\r": spelled += "\\r"
      case "\t": spelled += "\\t"
      case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
        spelled += "\\u00"
        spelled.unicodeScalars.append(digits[Int(scalar.value >> 4 & 15)])
        spelled.unicodeScalars.append(digits[Int(scalar.value & 15)])
      default: spelled.unicodeScalars.append(scalar)
      }
    }
    return spelled + "\""
  }
}
