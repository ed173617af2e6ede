import Foundation
import LoopbackFactory
import Testing

@Suite("Broken environments")
struct BrokenEnvironmentTests {
  private func expectNamed(_ sandbox: Sandbox, _ path: String) throws {
    let start = Date()
    let reading = try sandbox.waybar("--ttl", "0")
    #expect(Date().timeIntervalSince(start) < 4)
    #expect(reading.tooltip.contains("refresh.lock"))
    let refresh = try sandbox.run("refresh", "--force")
    #expect(refresh.status == 75)
    #expect(refresh.errors.contains(path))
    let doctor = try sandbox.run("doctor")
    #expect(doctor.output.contains("FAIL  refresh lock"))
    #expect(doctor.output.contains(path))
  }

  @Test("A configuration error has the form that the block or bar expects")
  func form() throws {
    let sandbox = try Sandbox()
    func output(_ arguments: [String]) throws -> String {
      let run = try RunningProgram(
        [Sandbox.program] + arguments, environment: sandbox.environment
      ).finish()
      #expect(run.status == 0 && run.errors.isEmpty, "\(arguments)")
      return run.output
    }
    for arguments in [
      ["--json", "--ttl", "5min"], ["--ttl", "5min", "--json"], ["--bogus", "--json"],
    ] {
      let json = try output(["i3blocks"] + arguments)
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
      #expect(object?["full_text"]?.isEmpty == false, "\(arguments)")
    }
    for markup in [["--markup", "pango"], ["--markup=pango"]] {
      #expect(try output(["i3blocks", "--window", "A&B"] + markup).contains("A&amp;B"))
      #expect(try output(["i3bar", "--window", "A&B"] + markup).contains(#""markup":"pango""#))
    }
    sandbox.environment["markup"] = "pango"
    #expect(try output(["i3blocks", "--window", "<b>"]).contains("&lt;b&gt;"))
    sandbox.environment["DROIDBAR_JSON"] = "yes"
    #expect(try output(["i3blocks", "--bogus"]).hasPrefix("{"))
    sandbox.environment["NO_COLOR"] = "1"
    #expect(try !output(["droid", "--bogus"]).contains("\u{1b}"))
  }

  @Test(
    "A pipe or folder as lock file is reported, and nothing hangs", arguments: ["pipe", "folder"])
  func strangeLock(kind: String) throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.waybar()
    let path = try sandbox.places.refreshLock
    try FileManager.default.removeItem(atPath: path)
    if kind == "pipe" {
      #expect(mkfifo(path, 0o600) == 0)
    } else {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    try expectNamed(sandbox, path)
  }

  @Test(
    "A lock file owned by root, after a run with sudo, is reported",
    .enabled(if: geteuid() == 0 && Sandbox.canBeOrdinary))
  func rootLock() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    _ = try sandbox.waybar()
    let path = try sandbox.places.refreshLock
    try sandbox.becomeOrdinary()
    chown(path, 0, 0)
    chmod(path, 0o600)
    try expectNamed(sandbox, path)
  }

  @Test("Reaching the file size limit is an error and does not kill the process")
  func fileSizeLimit() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let run = try RunningProgram(
      [
        "/bin/sh", "-c",
        "ulimit -f 0; '\(Sandbox.program)' waybar; '\(Sandbox.program)' refresh --force",
      ],
      environment: sandbox.environment
    ).finish()
    #expect(run.status == 75, "\(run)")
    #expect(run.output.contains(#""alt":"config""#))
    #expect(run.errors.contains("File too large"))
  }

  @Test("--output follows symbolic links and replaces only files; doctor reports failures")
  func prometheusOutput() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    let target = sandbox.folder + "/metrics/droidbar.prom"
    let link = sandbox.folder + "/link.prom"
    try sandbox.write(target, "")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let run = try sandbox.run("prometheus", "--output", link)
    #expect(run == .init(status: 0, output: "", errors: ""))
    #expect(sandbox.read(target)?.contains("droidbar_used_ratio") == true)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)

    let pipe = sandbox.folder + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, sandbox.folder + "/none/droidbar.prom", sandbox.folder] {
      #expect(
        try sandbox.run("prometheus", "--output", path) == .init(status: 0, output: "", errors: ""))
      let doctor = try sandbox.run("doctor")
      #expect(doctor.output.contains("FAIL  --output"))
      #expect(doctor.output.contains(path))
    }
    var status = stat()
    #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    _ = try sandbox.run("prometheus", "--output", link)
    #expect(try !sandbox.run("doctor").output.contains("--output"))
  }

  @Test("A pause recorded by a fast clock is shown with its real length")
  func pauseFromTheFuture() throws {
    let (service, sandbox) = try loggedIn()
    service.response(LoopbackFactory.limitsPath, "{}", status: 429, headers: ["Retry-After": "250"])
    _ = try sandbox.waybar()
    let name = try #require(sandbox.allFiles().keys.first { $0.contains(".cache/droidbar/usage-") })
    let path = sandbox.folder + "/" + name
    let future = 3 * 86_400
    let text = try #require(sandbox.read(path)).split(separator: "\n").map { line -> String in
      var fields = line.components(separatedBy: "\t")
      guard fields[0] == "failure" else { return String(line) }
      for index in [1, 3, 6] { fields[index] = "\((Int(fields[index]) ?? 0) + future)" }
      return fields.joined(separator: "\t")
    }
    try sandbox.write(path, text.joined(separator: "\n") + "\n")
    let reading = try sandbox.waybar()
    #expect(reading.alt == "rate-limited")
    #expect(reading.tooltip.contains("retrying in 4m"))
  }
}
