import BarOutput
import CLibraries
import UsageCore

enum SetupTask: Equatable {
  case add
  case remove
}

struct SetupOptions: Equatable {
  var task = SetupTask.add
  /// Only show what would change.
  var isDryRun = false
  var bar: String?
  var file: String?
}

/// `droidbar setup HOST`: adds the module to the user's configuration, or removes it.
struct SetupCommand {
  static let refusedStatus: Int32 = 1

  let environment: Environment
  let now: Moment
  let host: Host
  let options: SetupOptions

  private var search: ConfigurationSearch { ConfigurationSearch(environment: environment) }

  func run() -> Outcome {
    guard let configuration = BarConfiguration.all.first(where: { $0.host == host }) else {
      return refused(.unsupportedHost(host.rawValue), path: nil)
    }
    let paths = options.file.map { [$0] } ?? configuration.paths(search)
    let existing = paths.first(where: Path.exists)
    if existing == nil, options.file == nil, options.task == .remove {
      return Outcome(output: "Nothing to remove; looked for \(paths.joined(separator: ", ")).\n")
    }
    var path: String?
    do throws(SetupError) {
      guard let place = existing ?? (options.file == nil ? paths.first : nil),
        let main = try file(place, copying: configuration.systemPaths, new: configuration.newFile)
      else { throw SetupError.noFile(looked: paths) }
      path = main.path
      var (files, texts) = search.included(by: main, configuration)
      switch options.task {
      case .add: try configuration.setUp(&texts, bar: options.bar)
      case .remove: configuration.remove(&texts)
      }
      for index in files.indices { files[index].edited = texts.texts[index] }
      let changed =
        files.first { $0.isChanged }
        ?? files.first { configuration.hasModule(.init(texts: [$0.text])) } ?? main
      path = changed.path
      if host == .waybar, let style = try style(of: main) { files.append(style) }
      return try apply(files.filter { $0.isChanged }, to: changed, texts.note, configuration)
    } catch {
      return refused(error, path: path)
    }
  }

  private func apply(
    _ changed: [SetupFile], to file: SetupFile, _ note: String?, _ configuration: BarConfiguration
  ) throws(SetupError) -> Outcome {
    guard !changed.isEmpty else {
      let state = options.task == .remove ? "does not use droidbar" : "is already set up"
      return Outcome(output: "\(file.path) \(state).\n")
    }
    for file in changed { try file.checkWritable() }
    var output = changed.map { $0.difference }.joined(separator: "\n")
    if options.isDryRun {
      return Outcome(output: output + changed.map { $0.plan }.joined())
    }
    output += "\n"
    for file in changed {
      // Only what setup itself created is left.
      let isEmpty = options.task == .remove && file.edited.string == configuration.newFile
      output += isEmpty ? file.remove() : try file.write(now)
    }
    if let note { output += note + "\n" }
    output += "To apply: \(configuration.reload(file.path, options.task))\n"
    if options.task == .add, ChildProcess(environment: environment).find("droidbar") == nil {
      output +=
        "droidbar is not in your PATH. Add its folder, or write its absolute path into the module.\n"
    }
    return Outcome(output: output)
  }

  /// The user's file, or a new one: a copy of the distribution's, or of `content`. Nil for neither, and to remove nothing.
  private func file(_ path: String, copying sources: [String], new content: String?)
    throws(SetupError) -> SetupFile?
  {
    if Path.exists(path) { return try SetupFile(path) }
    if options.task == .remove { return nil }
    for source in sources where Path.exists(source) {
      return try SetupFile(copying: source, to: path)
    }
    return content.map { SetupFile(new: path, ConfigurationText(Array($0.utf8))) }
  }

  /// waybar's style sheet beside the main configuration. Without one, waybar uses the distribution's, which is copied.
  private func style(of main: SetupFile) throws(SetupError) -> SetupFile? {
    let others = options.file == nil ? [] : WaybarConfiguration.configuration.paths(search)
    let paths = ([main.path] + others).map { Path.parent(of: $0) + "/style.css" }
    let path = paths.first(where: Path.exists) ?? paths[0]
    guard var style = try file(path, copying: [WaybarStyle.systemPath], new: "") else { return nil }
    style.edited =
      options.task == .remove
      ? WaybarStyle.removing(from: style.text) : WaybarStyle.adding(to: style.text)
    return style
  }

  private func refused(_ refusal: SetupError, path: String?) -> Outcome {
    let subject = path.map { "\($0) was not changed: " } ?? ""
    // Pasting the block helps only if the file itself is the obstacle.
    guard options.task == .add, refusal.canPaste else {
      return .failure("\(subject)\(refusal.sentence).", status: Self.refusedStatus)
    }
    return Outcome(
      output: host.snippet,
      errors:
        "droidbar: \(subject)\(refusal.sentence). To add it by hand, paste the block above.\n",
      status: Self.refusedStatus)
  }
}
