import BarOutput
import CLibraries
import UsageCore

/// `droidbar doctor`: checks everything that readings depend on.
struct DoctorCommand {
  let context: Context
  let options: ParsedOptions

  private var loader: SettingsLoader { SettingsLoader(context: context) }

  func run() -> Outcome {
    libc_ignore_signal(SIGPIPE)
    var checks: [Doctor.Check]
    var settings: Settings?
    do throws(ConfigurationError) {
      settings = try loader.load(options, host: nil)
      checks = try loader.origins(options).map { Doctor.Check("setting", true, $0) }
    } catch {
      // A broken configuration is a finding. The other checks then use the defaults.
      checks = [Doctor.Check("configuration", false, error.sentence)]
    }
    checks += accountChecks(settings?.account) + outputChecks(settings)
    checks += HostChecks(environment: context.environment).all
    let status: Int32 = checks.contains { !$0.isOK } ? 1 : 0
    return Outcome(output: options.isJSON ? json(checks) : text(checks), status: status)
  }

  /// The checks for the selected account, or for the default one and each one of the configuration file.
  private func accountChecks(_ selected: Account?) -> [Doctor.Check] {
    if let selected { return checks(context.using(selected)) }
    let accounts = (try? loader.file(options)?.accounts) ?? []
    return checks(context)
      + accounts.flatMap { account in
        // The libraries are the same for every account.
        checks(context.using(account)).filter { !$0.name.hasPrefix("lib") }.map {
          Doctor.Check("\(account.name): \($0.name)", $0.level, $0.finding)
        }
      }
  }

  private func checks(_ context: Context) -> [Doctor.Check] {
    guard let places = context.places else {
      return [Doctor.Check("home", false, "HOME is not set")]
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
      let output = OutputFile(places: places).lastFailure.map {
        Doctor.Check("--output", false, "\($0): fix the path or its permissions")
      }
      return doctor.checks() + [output].compactMap { $0 }
    } catch {
      return [Doctor.Check("environment", false, error.sentence)]
    }
  }

  private func outputChecks(_ settings: Settings?) -> [Doctor.Check] {
    func check(_ name: String, _ program: String, missing: String) -> Doctor.Check {
      let path = ChildProcess(environment: context.environment).find(program)
      return Doctor.Check(name, path != nil, path ?? "\(program) \(missing)")
    }
    var checks: [Doctor.Check] = []
    if settings?.sendsNotifications == true {
      let program = NotificationDelivery.desktopProgram
      checks.append(
        check("notifications", program, missing: "is not installed: install libnotify-bin"))
    }
    if let program = settings?.notifyCommand.first {
      checks.append(
        check("notify-command", program, missing: "is not in PATH: correct --notify-command"))
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
      Self.summary(checks, .fail, "problem"), Self.summary(checks, .warn, "warning"),
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
  private static func summary(_ checks: [Doctor.Check], _ level: Doctor.Level, _ noun: String)
    -> String?
  {
    let names = checks.filter { $0.level == level }.map { $0.name }
    guard !names.isEmpty else { return nil }
    let plural = names.count == 1 ? "" : "s"
    return "\(names.count) \(noun)\(plural): \(names.joined(separator: ", "))"
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
