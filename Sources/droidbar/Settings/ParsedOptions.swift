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
