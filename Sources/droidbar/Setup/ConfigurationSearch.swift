import UsageCore

/// Finds the configuration files of a host.
struct ConfigurationSearch {
  private static let maximumIncludes = 50

  let environment: Environment

  private var home: String { environment["HOME"] ?? "" }

  /// The places where the host looks for the user's file.
  func paths(_ configuration: BarConfiguration) -> [String] {
    configuration.paths(
      UserFolders(
        configHome: environment["XDG_CONFIG_HOME"] ?? home + "/.config", home: home,
        factory: (environment["FACTORY_HOME_OVERRIDE"] ?? home) + "/.factory"))
  }

  /// The user's file and the files that it includes.
  func files(_ configuration: BarConfiguration) throws(SetupRefusal) -> [SetupFile] {
    for path in paths(configuration) where Path.exists(path) {
      return included(by: try SetupFile(path), configuration).files
    }
    return []
  }

  /// A file, the files that it includes, and those that they include, if they exist and can be read.
  func included(by main: SetupFile, _ configuration: BarConfiguration) -> IncludedFiles {
    var found = IncludedFiles(files: [main])
    var index = 0
    while index < found.files.count {
      let file = found.files[index]
      for name in configuration.includes(file.text) {
        var indices: [Int] = []
        for path in paths(of: name, in: file.path) {
          if let known = found.files.firstIndex(where: { $0.path == path }) {
            indices.append(known)
          } else if found.files.count <= Self.maximumIncludes, var other = try? SetupFile(path) {
            // The host would read a backup in such a folder too.
            if name.hasSuffix("/") { other.backupFolder = stateFolder }
            indices.append(found.files.count)
            found.files.append(other)
          }
        }
        found.includes.append(.init(by: index, name: name, files: indices))
      }
      index += 1
    }
    return found
  }

  private var stateFolder: String {
    (environment["XDG_STATE_HOME"] ?? home + "/.local/state") + "/droidbar"
  }

  /// The file of an include, or the files of a folder in the order of their names.
  private func paths(of name: String, in including: String) -> [String] {
    var path = expanded(name)
    if !path.hasPrefix("/") { path = Path.joined(Path.parent(of: including), path) }
    if path.hasSuffix("/") {
      path.removeLast()
      return Path.names(in: path).sorted().map { Path.joined(path, $0) }
        .filter { FileStatus($0)?.isRegular ?? false }
    }
    return Path.exists(path) ? [path] : []
  }

  /// `~`, `$NAME` and `${NAME}` at the start of the components of a path.
  private func expanded(_ path: String) -> String {
    let components = path.split(separator: "/", omittingEmptySubsequences: false).map { part in
      if part == "~" { return home }
      guard part.hasPrefix("$") else { return String(part) }
      var name = part.dropFirst()
      if name.hasPrefix("{"), name.hasSuffix("}") { name = name.dropFirst().dropLast() }
      return environment[String(name)] ?? String(part)
    }
    return components.joined(separator: "/")
  }
}

/// A configuration file and the files that it includes.
struct IncludedFiles {
  struct Include {
    let by: Int
    let name: String
    let files: [Int]
  }

  /// The main one first.
  var files: [SetupFile]
  var includes: [Include] = []

  var texts: ConfigurationFiles {
    ConfigurationFiles(files.map { $0.text }) { [includes] name, by in
      includes.first { $0.by == by && $0.name == name }?.files ?? []
    }
  }
}
