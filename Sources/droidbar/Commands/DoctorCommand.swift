import BarOutput
import CLibraries
import UsageCore

/// `droidbar doctor`: checks everything that readings depend on.
struct DoctorCommand {
  let context: Context
  let options: ParsedOptions

  func run() throws(ConfigurationError) -> Outcome {
    libc_ignore_signal(SIGPIPE)
    let checks =
      configurationChecks() + accountChecks() + outputChecks()
      + HostChecks(environment: context.environment).all
    let status: Int32 = checks.contains { !$0.isOK } ? 1 : 0
    return Outcome(output: options.isJSON ? json(checks) : text(checks), status: status)
  }

  /// A broken configuration is a finding. The other checks then use the defaults.
  private func configurationChecks() -> [Doctor.Check] {
    do throws(ConfigurationError) {
      _ = try settings()
      return try SettingsLoader(context: context).origins(options).map { origin in
        Doctor.Check(
          "setting", true, "\(origin.setting.rawValue) = \(origin.value) (\(origin.source))")
      }
    } catch {
      return [Doctor.Check("configuration", false, error.sentence)]
    }
  }

  private func settings() throws(ConfigurationError) -> Settings {
    try SettingsLoader(context: context)
      .load(options, host: nil, waitSeconds: Settings.defaultWaitSeconds)
  }

  /// The checks for the default account, and for each account of the configuration file.
  private func accountChecks() -> [Doctor.Check] {
    let accounts = (try? SettingsLoader(context: context).file(options)?.accounts) ?? []
    let selected = (try? settings())?.account
    if let selected { return checks(context.using(selected)) }
    return checks(context)
      + accounts.flatMap { account in
        checks(context.using(account)).filter { !Self.isShared($0) }.map {
          Doctor.Check("\(account.name): \($0.name)", $0.level, $0.finding)
        }
      }
  }

  /// The libraries are the same for every account.
  private static func isShared(_ check: Doctor.Check) -> Bool {
    check.name.hasPrefix("lib")
  }

  private func checks(_ context: Context) -> [Doctor.Check] {
    guard let places = context.places else {
      return [Doctor.Check("home", false, "HOME is not set: set it")]
    }
    do throws(ConfigurationError) {
      let doctor = Doctor(
        UsageRefresh(
          places: places, environment: context.environment,
          bases: try context.serviceBases(),
          transport: CurlTransport(environment: context.environment), clock: context.clock),
        wording: .init(duration: Format.duration) { problem, now in
          ProblemText.sentence(problem, now: now, droidHome: context.droidHome)
        })
      return doctor.checks() + outputFile(places)
    } catch {
      return [Doctor.Check("environment", false, error.sentence)]
    }
  }

  private func outputFile(_ places: Places) -> [Doctor.Check] {
    OutputFile(places: places).lastFailure.map {
      [Doctor.Check("--output", false, "\($0): fix the path or its permissions")]
    } ?? []
  }

  private func outputChecks() -> [Doctor.Check] {
    guard let settings = try? settings() else { return [] }
    let programs = ChildProcess(environment: context.environment)
    var checks: [Doctor.Check] = []
    if settings.sendsNotifications {
      let program = NotificationDelivery.desktopProgram
      let path = programs.find(program)
      let missing = "\(program) is not installed: install libnotify-bin"
      checks.append(Doctor.Check("notifications", path != nil, path ?? missing))
    }
    if let program = settings.notifyCommand.first {
      let path = programs.find(program)
      let missing = "\(program) is not in PATH: correct --notify-command"
      checks.append(Doctor.Check("notify-command", path != nil, path ?? missing))
    }
    return checks
  }

  private func text(_ checks: [Doctor.Check]) -> String {
    let width = checks.reduce(0) { max($0, $1.name.count) }
    var lines = checks.map { check in
      let name = check.name + String(repeating: " ", count: width - check.name.count)
      var line = Self.label(check.level)
      line.add("  \(name)  \(check.finding)")
      return line
    }
    let summary = [
      Self.summary(checks, .fail, "problem", "problems"),
      Self.summary(checks, .warn, "warning", "warnings"),
    ].compactMap { $0 }
    lines += [StyledLine()]
    lines += (summary.isEmpty ? ["No problems found."] : summary).map { StyledLine($0, .bold) }
    // Not cut to the terminal's width, because what to do is at the end of a line.
    return TerminalText.render(lines, width: nil, isColored: context.isColored)
  }

  private static func label(_ level: Doctor.Level) -> StyledLine {
    switch level {
    case .ok: StyledLine("ok  ", .level(.ok))
    case .warn: StyledLine("warn", .level(.warning))
    case .fail: StyledLine("FAIL", .level(.critical))
    }
  }

  /// `2 problems: login, service`.
  private static func summary(
    _ checks: [Doctor.Check], _ level: Doctor.Level, _ one: String, _ several: String
  ) -> String? {
    let names = checks.filter { $0.level == level }.map { $0.name }
    guard !names.isEmpty else { return nil }
    return "\(names.count) \(names.count == 1 ? one : several): \(names.joined(separator: ", "))"
  }

  private func json(_ checks: [Doctor.Check]) -> String {
    var object = JSONObject()
    object.add("schema", Int64(1))
    object.add("ok", checks.allSatisfy { $0.isOK })
    object.add(
      "checks",
      objects: checks.map { check in
        var entry = JSONObject()
        entry.add("name", check.name)
        entry.add("ok", check.isOK)
        entry.add("level", check.level.rawValue)
        entry.add("finding", check.finding)
        return entry
      })
    return object.line
  }
}
