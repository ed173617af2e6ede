import BarOutput

/// What the program was asked to do.
enum Command: Equatable {
  case reading(Host)
  case refresh(isForced: Bool)
  case status
  case doctor
  case `guard`(minRemaining: Double)
  case snippet(Host)
  case setup(Host, SetupCommand.Task)
  case open
  case completions(Shell)
  case help(topic: String?)
  case version

  /// The words that are no host.
  enum Name: String, CaseIterable {
    case refresh, status, doctor, `guard`, snippet, setup, open, completions, help
  }
}

/// The options as they were given, in their order.
struct GivenOptions: Equatable {
  struct Value: Equatable {
    let key: SettingKey
    let value: String
  }

  var values: [Value] = []
  var configFile: String?
  var isJSON = false
  /// `--watch`: stay.
  var isWatching = false
  /// `--signal N`: SIGRTMIN+N refreshes a watch.
  var signalOffset: Int?
  /// `--output FILE`.
  var outputFile: String?
}
