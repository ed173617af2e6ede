import BarOutput
import CLibraries
import UsageCore

/// Checks the configurations of installed bars, and running programs.
struct HostChecks {
  let environment: Environment

  var all: [Doctor.Check] {
    (BarConfiguration.all.map { check($0) } + [outdated()]).compactMap { $0 }
  }

  private func check(_ configuration: BarConfiguration) -> Doctor.Check? {
    let name = configuration.host.rawValue
    let search = ConfigurationSearch(environment: environment)
    guard let path = configuration.paths(search).first(where: Path.exists) else {
      let program = configuration.isBar ? find(name) : nil
      return program.map { Doctor.Check(name, true, "\($0), no configuration") }
    }
    let main: SetupFile
    do throws(SetupError) {
      main = try SetupFile(path)
    } catch {
      return Doctor.Check(name, .warn, error.sentence)
    }
    let (files, texts) = search.included(by: main, configuration)
    // Bars without droidbar are no problem.
    guard let file = files.first(where: { $0.text.string.hasOccurrence(of: "droidbar") }) else {
      guard configuration.isBar else { return nil }
      return Doctor.Check(
        name, true, "\(main.path) does not use droidbar: run 'droidbar setup \(name)'")
    }
    let problem = problem(configuration, file, texts)
    return Doctor.Check(name, problem == nil, problem ?? "configured in \(file.path)")
  }

  private func problem(
    _ configuration: BarConfiguration, _ file: SetupFile, _ texts: ConfigurationFiles
  ) -> String? {
    let name = configuration.host.rawValue
    if let line = configuration.invalidLine(file.text) {
      return "\(file.path):\(line): invalid syntax: fix it"
    }
    if configuration.hasModule(texts), !configuration.isSetUp(texts) {
      return "\(file.path): the module is in no modules list: run 'droidbar setup \(name)'"
    }
    let paths = programPaths(in: file.text.string)
    if let missing = paths.first(where: { find($0) == nil }) {
      return "\(file.path) uses \(missing), which does not exist: correct the path"
    }
    guard paths.isEmpty else { return nil }
    // The bar's own PATH counts, if it runs.
    let bar = Processes.own(named: name).first
    let path = bar.flatMap { Processes.environmentVariable("PATH", of: $0) }
    guard find("droidbar", path: path) == nil else { return nil }
    let whose = bar.map { "the PATH of the running \(name) (process \($0))" } ?? "PATH"
    return "\(file.path) uses droidbar, which is not in \(whose): write its absolute path there"
  }

  /// The absolute paths of droidbar in a configuration.
  private func programPaths(in text: String) -> [String] {
    let home = environment["HOME"] ?? ""
    let words = text.split { " \t\n\"'=:;()".contains($0) }
    return words.filter { $0.hasSuffix("/droidbar") }.compactMap { word in
      if word.hasPrefix("~/") { return home + word.dropFirst() }
      if word.hasPrefix("$HOME/") { return home + word.dropFirst(5) }
      return word.hasPrefix("/") ? String(word) : nil
    }
  }

  /// A watch that was started before droidbar was updated.
  private func outdated() -> Doctor.Check? {
    let outdated = Processes.own(named: "droidbar").first {
      Processes.isOutdated($0)
        && Processes.environmentVariable("HOME", of: $0) == environment["HOME"]
    }
    guard let pid = outdated else { return nil }
    return Doctor.Check(
      "process \(pid)", .warn, "is running an old version of droidbar: restart the bar")
  }

  private func find(_ program: String, path: String? = nil) -> String? {
    let searched = path.map { environment.replacing("PATH", with: $0) } ?? environment
    return ChildProcess(environment: searched).find(program)
  }
}
