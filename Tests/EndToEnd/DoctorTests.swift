import Foundation
import LoopbackFactory
import Testing

@Suite("doctor", .serialized)
struct DoctorTests {
  private func httpDate(_ shift: TimeInterval) -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.string(from: Date().addingTimeInterval(shift))
  }

  /// The service's clock, as its answers tell it.
  private func dateAnswers(of service: LoopbackFactory, _ shift: TimeInterval) {
    let reply = LoopbackReply(status: 404, headers: ["Date": httpDate(shift)])
    service.change {
      $0.checksTokens = false
      $0.replies["/"] = reply
    }
  }

  @Test("Without problems, every line says ok, and no token is used or shown")
  func well() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    dateAnswers(of: service, 0)
    #expect(try sandbox.run("refresh").status == 0)
    let asked = service.count(LoopbackFactory.limitsPath)
    let doctor = try sandbox.run("doctor")
    #expect(doctor.status == 0)
    #expect(doctor.output.split(separator: "\n").dropLast().allSatisfy { $0.hasPrefix("ok    ") })
    for part in [
      "libcurl", "libcrypto", "cache folder", "auth.json", "in use (newest)", "token valid for ",
      "region global", "responds in", "1 sample,", "No problems found.",
    ] {
      #expect(doctor.output.contains(part), "\(part)")
    }
    #expect(service.count(LoopbackFactory.limitsPath) == asked)
    #expect(service.exchanges == (0, 0, 0))
    let pair = [sandbox.storedAccessToken, sandbox.storedRefreshToken].compactMap { $0 }
    #expect(pair.count == 2)
    for secret in pair { #expect(!doctor.output.contains(secret)) }
  }

  @Test("A wrong clock is reported with its offset", arguments: [7230.0, -7230.0])
  func skew(shift: Double) throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    dateAnswers(of: service, shift)
    _ = try sandbox.run("refresh")
    let doctor = try sandbox.run("doctor")
    #expect(doctor.status == 1)
    #expect(
      doctor.output.contains(
        "this machine's clock is 2h \(shift < 0 ? "ahead" : "behind"): set the clock"))
  }

  @Test("An unreachable service and the resulting failed refresh are reported")
  func offline() throws {
    let sandbox = try Sandbox()
    try sandbox.logIn((access: "a.b.c", refresh: "r"))
    _ = try sandbox.run("refresh")
    let doctor = try sandbox.run("doctor")
    #expect(doctor.status == 1)
    #expect(doctor.output.contains("FAIL  service"))
    #expect(doctor.output.contains("cannot reach http"))
    #expect(doctor.output.contains("FAIL  usage"))
    #expect(doctor.output.contains("ok    back-off"))
  }

  @Test("doctor sends no requests during a Retry-After")
  func silence() throws {
    let (service, sandbox) = try loggedIn()
    service.change {
      $0.replies[LoopbackFactory.limitsPath] = LoopbackReply(
        status: 429, headers: ["Retry-After": "600"])
    }
    _ = try sandbox.run("refresh")
    let asked = service.requests.count
    let doctor = try sandbox.run("doctor")
    #expect(service.requests.count == asked)
    #expect(doctor.output.contains("requested a pause"))
  }

  @Test("With two stores, it reports which one is used and why")
  func stores() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.age(sandbox.factory + "/auth.json", seconds: 7200)
    try sandbox.write(sandbox.factory + "/auth.encrypted", "no envelope at all")
    let newer = try sandbox.run("doctor")
    #expect(newer.status == 1)
    #expect(newer.output.contains("FAIL  auth.encrypted"))
    #expect(newer.output.contains("in use, not refreshed (a newer one is unreadable)"))
    try sandbox.age(sandbox.factory + "/auth.encrypted", seconds: 9000)
    let older = try sandbox.run("doctor")
    #expect(older.output.contains("ok    auth.encrypted"))
    #expect(older.output.contains("auth.json     "))
    #expect(older.output.contains("in use (newest)"))
    #expect(older.output.contains("mode 0600, written 2h ago"))
  }

  @Test("Every setting is listed with its source")
  func settings() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let file = sandbox.folder + "/.config/droidbar/config"
    try sandbox.write(file, "ttl = 5m\n# mine\nwarning = 60\n[waybar]\nwarning = 50\n")
    let doctor = try sandbox.run(
      "doctor", environment: ["DROIDBAR_WARNING": "70", "DROIDBAR_ICONS": "ascii"])
    for line in [
      "ttl = 5m (\(file):1)", "warning = 70 (DROIDBAR_WARNING)",
      "icons = ascii (DROIDBAR_ICONS)",
    ] {
      #expect(doctor.output.contains(line), "\(line)")
    }
    #expect(
      try sandbox.run("doctor").output.contains("warning = 50 (\(file):5)"))
  }

  @Test("A bar's configuration is found, and a program that is not in PATH is reported")
  func hosts() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let file = sandbox.folder + "/.config/polybar/config.ini"
    try sandbox.write(file, "[bar/main]\n")
    #expect(try sandbox.run("doctor").output.contains("\(file) does not use droidbar"))
    try sandbox.write(file, "exec = droidbar polybar\n")
    let missing = try sandbox.run("doctor")
    #expect(missing.status == 1)
    #expect(missing.output.contains("which is not in "))
    try sandbox.write(file, "exec = /nonexistent/droidbar polybar\n")
    #expect(
      try sandbox.run("doctor").output.contains("uses /nonexistent/droidbar, which does not exist"))
    try sandbox.write(file, "exec = \(Sandbox.program) polybar\n")
    #expect(try sandbox.run("doctor").output.contains("configured in \(file)\n"))
  }

  @Test("A module that is in no modules list, and a bar's invalid file, are problems")
  func unlistedModule() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let file = sandbox.folder + "/.config/waybar/config"
    _ = try sandbox.run("refresh")
    let module = "\"custom/droid\": {\"exec\": \"\(Sandbox.program) waybar\"}"
    try sandbox.write(file, "{\"modules-left\": [], \(module)}")
    let unlisted = try sandbox.run("doctor")
    #expect(unlisted.status == 1)
    #expect(unlisted.output.contains("in no modules list: run 'droidbar setup waybar'"))
    #expect(unlisted.output.hasSuffix("1 problem: waybar\n"))
    try sandbox.write(file, "{\n\"modules-left\": [,\n\(module)}")
    #expect(try sandbox.run("doctor").output.contains("\(file):2: invalid syntax"))
    let list = sandbox.folder + "/.config/waybar/list.json"
    try sandbox.write(file, "{\"include\": \"\(list)\", \(module)}")
    try sandbox.write(list, "{\"modules-left\": [\"custom/droid\"]}")
    #expect(try sandbox.run("doctor").output.contains("configured in \(file)\n"))
    // The first run adds the style sheet.
    #expect(try sandbox.run("setup", "waybar").status == 0)
    #expect(try sandbox.run("setup", "waybar").output.contains("\(file) is already set up"))
  }

  @Test("A running program that has been replaced is a warning")
  func outdatedProgram() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let copy = sandbox.folder + "/droidbar"
    try Sandbox.copyProgram(to: copy)
    _ = try sandbox.run("refresh")
    let watch = try RunningProgram(
      [copy, "plain", "--demo", "--watch"],
      environment: ["HOME": sandbox.folder, "PATH": "/usr/bin:/bin"])
    defer { watch.kill() }
    // Its first line: it runs.
    #expect(watch.line() != nil)
    try FileManager.default.removeItem(atPath: copy)
    let doctor = try sandbox.run("doctor")
    #expect(doctor.status == 0)
    #expect(doctor.output.contains("is running an old version of droidbar: restart the bar"))
    #expect(doctor.output.contains("1 warning: process "))
  }

  @Test("A broken configuration is reported first, and the other checks still run")
  func brokenConfiguration() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.write(sandbox.folder + "/.config/droidbar/config", "tll = 5m\n")
    let doctor = try sandbox.run("doctor")
    #expect(doctor.status == 1 && doctor.errors.isEmpty)
    #expect(doctor.output.hasPrefix("FAIL  configuration"))
    #expect(doctor.output.contains("config:1: unknown key 'tll'. Did you mean 'ttl'?"))
    #expect(doctor.output.contains("auth.json"))
  }

  @Test("--json reports the same checks")
  func json() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let text = try sandbox.run("doctor", "--json").output
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["ok"] as? Bool == false)
    let checks = try #require(object["checks"] as? [[String: Any]])
    #expect(checks.contains { $0["name"] as? String == "service" && $0["ok"] as? Bool == true })
    #expect(checks.contains { $0["name"] as? String == "usage" && $0["ok"] as? Bool == false })
  }
}
