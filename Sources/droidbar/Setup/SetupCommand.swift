import BarOutput
import CLibraries
import UsageCore

/// `droidbar setup HOST`: adds the module to the user's configuration, or removes it.
struct SetupCommand {
  static let refusedStatus: Int32 = 1

  let environment: Environment
  let now: Moment

  private var search: ConfigurationSearch { ConfigurationSearch(environment: environment) }

  func run(_ host: Host, _ options: SetupOptions) -> Outcome {
    guard let configuration = BarConfiguration.all.first(where: { $0.host == host }) else {
      return refused(.unsupportedHost(host.rawValue), host, path: nil)
    }
    var path: String?
    do throws(SetupRefusal) {
      let main = try find(configuration, options)
      path = main.path
      let (file, note) = try edit(main, configuration, options)
      path = file.path
      var files = [file]
      if host == .waybar, let style = try style(beside: file, options) { files.append(style) }
      return try apply(
        files.filter { $0.isChanged }, to: file, note, options, configuration)
    } catch {
      return refused(error, host, path: path)
    }
  }

  /// Edits the file, or the first included one that has what the file itself lacks.
  private func edit(
    _ main: SetupFile, _ configuration: BarConfiguration, _ options: SetupOptions
  ) throws(SetupRefusal) -> (SetupFile, note: String?) {
    let files = [main] + search.included(by: main, configuration)
    if options.task == .remove {
      for var file in files {
        file.edited = configuration.removing(file.text)
        if file.isChanged { return (file, nil) }
      }
      return (main, nil)
    }
    // The module may be in one file and its mention in another.
    let parts = files.map { configuration.parts($0.text) }
    if options.bar == nil, parts.contains(where: { $0.hasModule }),
      parts.contains(where: { $0.isListed })
    {
      return (files.first { configuration.parts($0.text).hasModule } ?? main, nil)
    }
    var refusal: SetupRefusal?
    for var file in files {
      do throws(SetupRefusal) {
        let edit = try configuration.settingUp(file.text, bar: options.bar)
        file.edited = edit.text
        return (file, edit.note)
      } catch {
        refusal = refusal ?? error
        guard case .noList = error else { break }
      }
    }
    throw refusal ?? .noList(what: "it has no modules list")
  }

  private func apply(
    _ changed: [SetupFile], to file: SetupFile, _ note: String?, _ options: SetupOptions,
    _ configuration: BarConfiguration
  ) throws(SetupRefusal) -> Outcome {
    guard !changed.isEmpty else {
      let state = options.task == .remove ? "does not use droidbar" : "is already set up"
      return Outcome(output: "\(file.path) \(state).\n")
    }
    for file in changed { try file.checkWritable() }
    var output = changed.map { $0.difference }.joined(separator: "\n")
    if options.task == .show { return Outcome(output: output) }
    output += "\n"
    for file in changed {
      // As a file that setup created, which is as good as none.
      let isEmpty = options.task == .remove && file.edited.string == configuration.newFile
      output += isEmpty ? file.remove() : try file.write(now)
    }
    if let note { output += note + "\n" }
    return Outcome(output: output + "To apply: \(configuration.reload(file.path))\n")
  }

  /// The user's file, or a copy of the distribution's.
  private func find(
    _ configuration: BarConfiguration, _ options: SetupOptions
  ) throws(SetupRefusal) -> SetupFile {
    let paths = options.file.map { [$0] } ?? search.paths(configuration)
    for path in paths where Path.exists(path) { return try SetupFile(path) }
    if options.file == nil, options.task != .remove, let path = paths.first {
      for source in configuration.systemPaths where Path.exists(source) {
        return try SetupFile(copying: source, to: path)
      }
      if let content = configuration.newFile { return SetupFile(new: path, content: content) }
    }
    throw .noFile(looked: paths)
  }

  /// waybar's style sheet beside the configuration. Without one, waybar uses the distribution's, which is copied.
  private func style(beside file: SetupFile, _ options: SetupOptions) throws(SetupRefusal)
    -> SetupFile?
  {
    let path = Path.parent(of: file.path) + "/style.css"
    var style: SetupFile
    if Path.exists(path) {
      style = try SetupFile(path)
    } else if options.task == .remove {
      return nil
    } else if Path.exists(WaybarStyle.systemPath) {
      style = try SetupFile(copying: WaybarStyle.systemPath, to: path)
    } else {
      style = SetupFile(new: path, content: "")
    }
    style.edited =
      options.task == .remove
      ? WaybarStyle.removing(from: style.text) : WaybarStyle.adding(to: style.text)
    return style
  }

  private func refused(_ refusal: SetupRefusal, _ host: Host, path: String?) -> Outcome {
    let subject = path.map { "\($0) was not changed: " } ?? ""
    return Outcome(
      output: host.snippet,
      errors:
        "droidbar: \(subject)\(refusal.sentence). You can also paste the block above yourself.\n",
      status: Self.refusedStatus)
  }
}
