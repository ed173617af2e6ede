/// Why a configuration was not changed: what was found, and what to do. A sentence without its period.
enum SetupRefusal: Error, Equatable {
  case noFile(looked: [String])
  case fileProblem(sentence: String)
  case readOnly(path: String)
  case invalid(line: Int, expected: String)
  case foreignModule(name: String, line: Int)
  case noBar(named: String, known: [String])
  case noList(what: String)
  case unsupportedList(line: Int, value: String)
  case notReversible
  case unsupportedHost(String)

  var sentence: String {
    switch self {
    case .noFile(let looked): "no configuration found at \(looked.joined(separator: " or "))"
    case .fileProblem(let sentence): sentence
    case .readOnly(let path):
      "\(path) is read-only: make it writable, or change the file that it is generated from"
    case .invalid(let line, let expected): "line \(line): expected \(expected)"
    case .foreignModule(let name, let line):
      "line \(line): it already has \(name), which is not from droidbar: rename it"
    case .noBar(let name, let known):
      "it has no bar '\(name)'; choose one with --bar: \(known.joined(separator: ", "))"
    case .noList(let what): what
    case .unsupportedList(let line, let value):
      "line \(line): '\(value)' is a reference: add droid where it is defined"
    case .notReversible: "the change could not be undone by --remove"
    case .unsupportedHost(let host): "setup does not support \(host)"
    }
  }
}

/// What to change in a configuration.
struct SetupEdit {
  let text: ConfigurationText
  /// What to tell the user, such as the bar that was used.
  var note: String?
}

/// A host's configuration file.
protocol BarConfiguration {
  /// Where the host looks for the user's file, in its order.
  static func paths(configHome: String, home: String) -> [String]
  /// The distribution's files, which are copied when the user has none.
  static var systemPaths: [String] { get }
  /// The paths of included files as they are written.
  static func includes(in text: ConfigurationText) -> [String]
  /// Whether the file has our module, and whether one of its modules lists has the module's name.
  static func parts(of text: ConfigurationText) -> (hasModule: Bool, isListed: Bool)
  /// The first line that the host cannot parse.
  static func invalidLine(in text: ConfigurationText) -> Int?
  /// Adds the module and its mention. What the user changed in the module is kept.
  static func adding(to text: ConfigurationText, bar: String?) throws(SetupRefusal) -> SetupEdit
  /// Removes the module and every mention of it, wherever they are.
  static func removing(from text: ConfigurationText) -> ConfigurationText
}

extension BarConfiguration {
  static func invalidLine(in text: ConfigurationText) -> Int? { nil }

  static func isSetUp(_ text: ConfigurationText) -> Bool {
    let parts = parts(of: text)
    return parts.hasModule && parts.isListed
  }

  /// Adds the module, if that can be undone.
  static func settingUp(_ text: ConfigurationText, bar: String?) throws(SetupRefusal) -> SetupEdit {
    let edit = try adding(to: text, bar: bar)
    guard isSetUp(edit.text), removing(from: edit.text) == removing(from: text) else {
      throw .notReversible
    }
    return edit
  }
}
