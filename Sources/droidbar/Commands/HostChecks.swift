import BarOutput
import UsageCore

/// Checks the configurations of installed bars.
struct HostChecks {
  let environment: Environment

  var all: [Doctor.Check] {
    [
      check(.waybar, paths: WaybarConfiguration.paths),
      check(.i3blocks, paths: I3blocksConfiguration.paths),
      check(.polybar, paths: PolybarConfiguration.paths),
    ].compactMap { $0 }
  }

  private func check(_ host: Host, paths: (_ configHome: String, _ home: String) -> [String])
    -> Doctor.Check?
  {
    let name = host.rawValue
    let home = environment["HOME"] ?? ""
    for path in paths(environment["XDG_CONFIG_HOME"] ?? home + "/.config", home) {
      guard let text = try? BoundedFile.text(path, limit: 1 << 20) else { continue }
      // Bars without droidbar are no problem.
      guard text.hasOccurrence(of: "droidbar") else {
        return Doctor.Check(name, true, "\(path) does not use droidbar: 'droidbar setup \(name)'")
      }
      guard text.hasOccurrence(of: "/droidbar") || find("droidbar") != nil else {
        return Doctor.Check(
          name, false, "\(path) uses droidbar, which is not in PATH: write its absolute path there")
      }
      return Doctor.Check(name, true, "configured in \(path)")
    }
    return find(name).map { Doctor.Check(name, true, "\($0), no configuration") }
  }

  private func find(_ program: String) -> String? {
    ChildProcess(environment: environment).find(program)
  }
}
