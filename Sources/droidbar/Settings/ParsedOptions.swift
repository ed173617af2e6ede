/// The options that were given, in their order.
struct ParsedOptions: Equatable {
  struct Value: Equatable {
    let setting: Setting
    let value: String
  }

  var values: [Value] = []
  var configFile: String?
  /// `doctor --json`.
  var isJSON = false
  var isWatching = false
  /// N of SIGRTMIN+N.
  var signalOffset: Int?
  var outputFile: String?
}

extension ParsedOptions {
  /// What decides the form of the output, from arguments that are not all valid.
  init(invalid arguments: [String]) {
    isWatching = arguments.contains("--watch")
    if arguments.contains("--json") { values.append(Value(setting: .json, value: "yes")) }
    for index in arguments.indices.dropFirst() {
      let argument = arguments[index]
      if argument == "--markup=pango" || (argument == "pango" && arguments[index - 1] == "--markup")
      {
        values.append(Value(setting: .markup, value: "pango"))
      }
    }
  }
}
