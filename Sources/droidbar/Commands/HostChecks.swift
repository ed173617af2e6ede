import BarOutput
import UsageCore

/// The bars that are installed, and whether their configuration names this program.
struct HostChecks {
  let environment: Environment

  var all: [Doctor.Check] {
    [
      check(.waybar, WaybarConfiguration.self), check(.i3blocks, I3blocksConfiguration.self),
      check(.polybar, PolybarConfiguration.self),
    ].compactMap { $0 }
  }

  private func check<Configuration: BarConfiguration>(
    _ host: Host, _ configuration: Configuration.Type
  ) -> Doctor.Check? {
    let program = find(host.rawValue)
    let home = environment["HOME"] ?? ""
    let paths = configuration.paths(
      configHome: environment["XDG_CONFIG_HOME"] ?? home + "/.config", home: home)
    for path in paths {
      guard let text = try? BoundedFile.text(path, limit: 1 << 20) else { continue }
      // A person may have more bars than use it: that is no fault.
      guard text.contains("droidbar") else {
        return Doctor.Check(
          host.rawValue, true,
          "\(path) does not name droidbar: 'droidbar setup \(host.rawValue)' puts it in")
      }
      guard text.contains("/droidbar") || find("droidbar") != nil else {
        return Doctor.Check(
          host.rawValue, false,
          "\(path) names droidbar, which is not in the PATH here: write its whole path there")
      }
      return Doctor.Check(host.rawValue, true, "\(path) names droidbar")
    }
    return program.map { Doctor.Check(host.rawValue, true, "\($0), without a configuration yet") }
  }

  private func find(_ program: String) -> String? {
    ChildProcess(environment: environment).find(program)
  }
}
