/// Why a configuration was not changed: what was found, and what to do. A sentence without its period.
enum SetupError: Error, Equatable {
  case noFile(looked: [String])
  case fileProblem(sentence: String)
  case readOnly(path: String)
  case invalid(line: Int, expected: String)
  case foreignModule(name: String, line: Int)
  case noBar(named: String, known: [String])
  case noList(what: String)
  case unsupportedList(line: Int, value: String)
  case otherStatusCommand(line: Int, value: String)
  case notReversible
  case unsupportedHost(String)

  /// The user can paste the block instead.
  var canPaste: Bool {
    switch self {
    case .noFile, .noBar: false
    default: true
    }
  }

  var sentence: String {
    switch self {
    case .noFile(let looked): "no configuration found; looked for \(looked.joined(separator: ", "))"
    case .fileProblem(let sentence): sentence
    case .readOnly(let path):
      "\(path) is read-only: make it writable, or change the file that it is generated from"
    case .invalid(let line, let expected): "line \(line): expected \(expected)"
    case .foreignModule(let name, let line):
      "line \(line): it already has \(name), which droidbar did not add: rename it"
    case .noBar(let name, let known):
      "there is no bar '\(name)'; use --bar with one of: \(known.joined(separator: ", "))"
    case .noList(let what): what
    case .unsupportedList(let line, let value):
      "line \(line): '\(value)' refers to a value that was not found: add droid to its definition"
    case .otherStatusCommand(let line, let value):
      "line \(line): the bar already runs '\(value)', and a bar can run only one status command: remove it, or use i3blocks and 'droidbar setup i3blocks'"
    case .notReversible: "the change could not be undone by --remove"
    case .unsupportedHost(let host): "setup does not support \(host)"
    }
  }
}
