import UsageCore

/// Finds the configuration files of a host.
struct ConfigurationSearch {
  private static let maximumIncludes = 50

  let environment: Environment

  var home: String { environment["HOME"] ?? "" }
  var configHome: String { environment["XDG_CONFIG_HOME"] ?? home + "/.config" }
  /// droid's own folder.
  var factory: String { (environment["FACTORY_HOME_OVERRIDE"] ?? home) + "/.factory" }

  /// A file, the files that it includes, and those that they include, if they exist and can be read.
  func included(by main: SetupFile, _ configuration: BarConfiguration)
    -> (files: [SetupFile], texts: ConfigurationFiles)
  {
    var files = [main]
    var includes: [ConfigurationFiles.Include] = []
    var index = 0
    while index < files.count {
      let file = files[index]
      for name in configuration.includes(file.text) {
        var indices: [Int] = []
        for path in paths(of: name, in: file.path) {
          if let known = files.firstIndex(where: { $0.path == path }) {
            indices.append(known)
          } else if files.count <= Self.maximumIncludes, var other = try? SetupFile(path) {
            // The host would read a backup in such a folder too.
            if name.hasSuffix("/") { other.backupFolder = stateFolder }
            indices.append(files.count)
            files.append(other)
          }
        }
        includes.append(.init(by: index, name: name, files: indices))
      }
      index += 1
    }
    return (files, ConfigurationFiles(texts: files.map { $0.text }, includes: includes))
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
