import BarOutput
import UsageCore

/// `droidbar doctor`: everything a reading depends on, one line each, and what to do.
struct DoctorCommand {
  let world: World
  let settings: Settings
  let origins: [SettingOrigin]

  func run(asJSON: Bool) throws(SettingFailure) -> Outcome {
    guard let places = world.places else {
      throw .environment(sentence: "HOME is not set")
    }
    signal(SIGPIPE, SIG_IGN)
    let doctor = Doctor(
      places: places, environment: world.environment,
      bases: try ReadingSource.bases(world.environment),
      transport: CurlTransport(environment: world.environment), clock: world.clock,
      words: .init(duration: Words.duration, problem: ProblemWords.sentence))
    let checks =
      origins.map(\.check) + doctor.checks() + notices
      + HostChecks(environment: world.environment).all
    let status: Int32 = checks.contains { !$0.isWell } ? 1 : 0
    return Outcome(output: asJSON ? json(checks) : text(checks), status: status)
  }

  private var notices: [Doctor.Check] {
    guard settings.sendsNotices else { return [] }
    let path = ChildProcess(environment: world.environment).find(DesktopNotice.program)
    let missing = "\(DesktopNotice.program) is not installed: install libnotify-bin"
    return [Doctor.Check("notices", path != nil, path ?? missing)]
  }

  private func text(_ checks: [Doctor.Check]) -> String {
    let width = checks.map(\.name.count).max() ?? 0
    let lines = checks.map { check in
      let name = check.name + String(repeating: " ", count: width - check.name.count)
      var line = StyledLine(check.isWell ? "ok  " : "mend", .level(check.isWell ? .ok : .critical))
      line.add("  \(name)  \(check.finding)")
      return line
    }
    // Not cut to the terminal's width: what to do stands at the end of a line.
    return TerminalText.spelled(lines, width: nil, isColored: world.isColored)
  }

  private func json(_ checks: [Doctor.Check]) -> String {
    var object = JSONText()
    object.add("schema", Int64(1))
    object.add("ok", checks.allSatisfy(\.isWell))
    object.add(
      "checks",
      objects: checks.map { check in
        var entry = JSONText()
        entry.add("name", check.name)
        entry.add("ok", check.isWell)
        entry.add("finding", check.finding)
        return entry
      })
    return object.closed + "\n"
  }
}
