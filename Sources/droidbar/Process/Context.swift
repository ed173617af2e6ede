import BarOutput
import UsageCore

/// Everything from outside that the program depends on. Passed down from `Main`, so that tests can replace it.
struct Context {
  var environment: Environment
  /// Nil without a home directory.
  var places: Places?
  var clock: () -> Moment
  /// Formats times, with the offset of the time zone if it is known.
  var clockFormat: (UTCOffset?) -> Clock
  var standardErrorIsTerminal: () -> Bool
  /// Columns of standard output; nil when it is not a terminal.
  var terminalWidth: () -> Int?

  /// The presentation with the UTC offset that is stored with the data, if the time zone is still the same.
  func adapted(_ presentation: Presentation, to data: Snapshot.UsageData?) -> Presentation {
    guard let offset = data?.utcOffset, offset.zone == TimeZoneStamp.of(environment) else {
      return presentation
    }
    var presentation = presentation
    presentation.clock = clockFormat(offset)
    return presentation
  }

  /// Whether the terminal's character set is UTF-8.
  var isUTF8: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first
    guard let locale = locale?.asciiLowercased else { return terminalWidth() == nil }
    return locale.hasOccurrence(of: "utf-8") || locale.hasOccurrence(of: "utf8")
  }

  /// https://no-color.org
  var isColored: Bool {
    terminalWidth() != nil && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
  }
}

/// The output and exit status of a run.
struct Outcome: Equatable {
  var output = ""
  var errors = ""
  var status: Int32 = 0

  static let usageStatus: Int32 = 64

  static func failure(_ sentence: String, status: Int32) -> Outcome {
    Outcome(errors: "droidbar: \(sentence)\n", status: status)
  }
}
