import BarOutput

/// How a host's configuration files are read and changed.
struct BarConfiguration {
  let host: Host
  /// How to apply a change to the file at a path.
  let reload: (_ path: String, _ task: SetupTask) -> String
  /// Where the host looks for the user's file, in its order.
  let paths: (ConfigurationSearch) -> [String]
  /// The distribution's files, which are copied when the user has none.
  var systemPaths: [String] = []
  /// The content of a new file, where the host needs none; nil where it does.
  var newFile: String?
  /// The paths of included files, not yet expanded. Those of folders end in a slash.
  var includes: (ConfigurationText) -> [String] = { _ in [] }
  let hasModule: (ConfigurationFiles) -> Bool
  /// Whether a modules list has the module's name; nil where there are none.
  var isListed: ((ConfigurationFiles) -> Bool)?
  /// The first line that the host cannot parse.
  var invalidLine: (ConfigurationText) -> Int? = { _ in nil }
  /// Adds the module and its mention. What the user changed in the module is kept.
  let add: (inout ConfigurationFiles, _ bar: String?) throws(SetupError) -> Void
  /// Removes the module and every mention of it, wherever they are.
  let remove: (inout ConfigurationFiles) -> Void

  static var all: [BarConfiguration] {
    [
      WaybarConfiguration.configuration, I3blocksConfiguration.configuration,
      PolybarConfiguration.configuration, I3barConfiguration.configuration,
      TmuxConfiguration.configuration, DroidConfiguration.configuration,
    ]
  }

  /// `doctor` suggests it when it does not use droidbar.
  var isBar: Bool { [.waybar, .i3blocks, .polybar].contains(host) }

  func isSetUp(_ files: ConfigurationFiles) -> Bool {
    hasModule(files) && isListed?(files) ?? true
  }

  /// Adds the module, if that can be undone.
  func setUp(_ files: inout ConfigurationFiles, bar: String?) throws(SetupError) {
    var before = files
    try add(&files, bar)
    var undone = files
    remove(&before)
    remove(&undone)
    guard isSetUp(files), undone.texts == before.texts else { throw .notReversible }
  }
}

/// The user's files of a host: the main one, and those that it includes.
struct ConfigurationFiles {
  struct Include {
    let by: Int
    let name: String
    let files: [Int]
  }

  var texts: [ConfigurationText]
  var includes: [Include] = []
  /// What to tell the user, such as the bar that was used.
  var note: String?

  var main: ConfigurationText {
    get { texts[0] }
    set { texts[0] = newValue }
  }

  /// The indices of the files that an include in a file names.
  func included(_ name: String, by file: Int) -> [Int] {
    includes.first { $0.by == file && $0.name == name }?.files ?? []
  }
}
