import BarOutput

/// How a host's configuration file is read and changed.
struct BarConfiguration {
  let host: Host
  /// How to apply a change to the file at a path.
  let reload: (_ path: String, _ task: SetupTask) -> String
  /// Where the host looks for the user's file, in its order.
  let paths: (UserFolders) -> [String]
  /// The distribution's files, which are copied when the user has none.
  let systemPaths: [String]
  /// The content of a new file, where the host needs none; nil where it does.
  var newFile: String?
  /// The paths of included files, not yet expanded. Those of folders end in a slash.
  var includes: (ConfigurationText) -> [String] = { _ in [] }
  /// Whether the file has our module, and whether one of its modules lists has the module's name.
  let parts: (ConfigurationText) -> (hasModule: Bool, isListed: Bool)
  /// The first line that the host cannot parse.
  var invalidLine: (ConfigurationText) -> Int? = { _ in nil }
  /// Adds the module and its mention. What the user changed in the module is kept.
  ///
  /// - Parameters:
  ///   - others: the other files, whose signal numbers are used too.
  let adding:
    (ConfigurationText, _ others: [ConfigurationText], _ bar: String?) throws(SetupRefusal) ->
      SetupEdit
  /// Removes the module and every mention of it, wherever they are.
  let removing: (ConfigurationText) -> ConfigurationText
  /// The same for hosts whose module and mention may be in different files.
  var addingAcross: ((ConfigurationFiles, _ bar: String?) throws(SetupRefusal) -> SetupEdits)?
  var removingAcross: ((ConfigurationFiles) -> [ConfigurationText])?

  static var all: [BarConfiguration] {
    [
      WaybarConfiguration.configuration, I3blocksConfiguration.configuration,
      PolybarConfiguration.configuration, I3barConfiguration.configuration,
      TmuxConfiguration.configuration, DroidConfiguration.configuration,
    ]
  }

  /// `doctor` suggests it when it does not use droidbar.
  var isBar: Bool { [.waybar, .i3blocks, .polybar].contains(host) }

  func isSetUp(_ text: ConfigurationText) -> Bool {
    let parts = parts(text)
    return parts.hasModule && parts.isListed
  }

  /// Adds the module, if that can be undone.
  func settingUp(_ text: ConfigurationText, others: [ConfigurationText] = [], bar: String?)
    throws(SetupRefusal) -> SetupEdit
  {
    let edit = try adding(text, others, bar)
    guard isSetUp(edit.text), removing(edit.text) == removing(text) else {
      throw .notReversible
    }
    return edit
  }
}

/// The folders in which programs look for configurations.
struct UserFolders {
  let configHome: String
  let home: String
  /// droid's own.
  let factory: String
}

/// The user's files of a host: the main one, and those that it includes.
struct ConfigurationFiles {
  let texts: [ConfigurationText]
  /// The indices of the files that an include in a file names.
  let included: (_ name: String, _ by: Int) -> [Int]

  init(_ texts: [ConfigurationText], included: @escaping (_ name: String, _ by: Int) -> [Int]) {
    self.texts = texts
    self.included = included
  }

  /// One file alone.
  init(_ text: ConfigurationText) {
    self.init([text]) { _, _ in [] }
  }
}

/// What to change in several files.
struct SetupEdits {
  let texts: [ConfigurationText]
  var note: String?
}

/// What to change in a configuration.
struct SetupEdit {
  let text: ConfigurationText
  /// What to tell the user, such as the bar that was used.
  var note: String?
}
