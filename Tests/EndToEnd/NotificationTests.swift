import Foundation
import LoopbackFactory
import Testing

@Suite("Desktop notifications")
struct NotificationTests {
  private let service: LoopbackFactory
  private let sandbox: Sandbox

  init() throws {
    (service, sandbox) = try loggedIn(limits: Answers.limits(50, 20, 5))
    // Replaces notify-send and records its arguments.
    try script("printf '%s|' \"$@\" >>$HOME/shown; echo >>$HOME/shown")
    sandbox.environment["PATH"] = sandbox.folder + "/bin:/usr/bin:/bin"
  }

  private func script(_ body: String) throws {
    try sandbox.writeProgram("notify-send", body)
  }

  private var shown: [String] {
    (sandbox.read(sandbox.folder + "/shown") ?? "").split(separator: "\n").map(String.init)
  }

  private func refresh(_ fiveHour: Double, _ arguments: String...) throws {
    service.response(LoopbackFactory.limitsPath, Answers.limits(fiveHour, 20, 5))
    #expect(
      try sandbox.start(["refresh", "--force", "--notify"] + arguments).finish().status == 0)
  }

  @Test("Each stage of a window sends one, and so does becoming available again")
  func stages() throws {
    for used in [50, 76, 77, 91, 100, 100, 1, 2] { try refresh(Double(used)) }
    #expect(shown.count == 4)
    #expect(shown[0].contains("--urgency=normal|--|Droid: Standard Usage, 5-hour at 76%|"))
    #expect(shown[1].contains("--urgency=critical|--|Droid: Standard Usage, 5-hour at 91%|"))
    #expect(
      shown[2].contains("Droid: Standard Usage, 5-hour is used up|Continuing with Droid Core"))
    #expect(shown[3].contains("5-hour is available again"))
  }

  @Test("None is sent without --notify, and adding it later sends the current one")
  func asked() throws {
    service.response(LoopbackFactory.limitsPath, Answers.limits(80, 20, 5))
    #expect(try sandbox.run("refresh").status == 0)
    #expect(shown.isEmpty)
    try refresh(80)
    #expect(shown.count == 1)
  }

  @Test("--notify-command gets the event in its environment, and no secrets")
  func command() throws {
    try sandbox.writeProgram("alert", "env | sort >>$HOME/env; echo \"$1|$2\" >>$HOME/called")
    let alert = sandbox.folder + "/bin/alert"
    service.response(LoopbackFactory.limitsPath, Answers.limits(76, 20, 5))
    for _ in 0..<2 {
      let run = try sandbox.start(["refresh", "--force", "--notify-command", "\(alert) $(id) loud"])
      #expect(run.finish().status == 0)
    }
    #expect(shown.isEmpty)
    #expect(sandbox.read(sandbox.folder + "/called") == "$(id)|loud\n")
    let environment = try #require(sandbox.read(sandbox.folder + "/env"))
    for line in ["NOTIFY_WINDOW=5h", "NOTIFY_PERCENT=76", "NOTIFY_LEVEL=warning"] {
      #expect(environment.contains(line + "\n"))
    }
    #expect(environment.contains("NOTIFY_TITLE=Droid: Standard Usage, 5-hour at 76%"))
    #expect(environment.contains("NOTIFY_RESETS_AT=20"))
    #expect(!environment.contains("FACTORY_"))
  }

  @Test("A command that is missing is tried again, one that fails is not")
  func failingCommand() throws {
    service.response(LoopbackFactory.limitsPath, Answers.limits(76, 20, 5))
    func refresh() throws {
      let run = try sandbox.start(["refresh", "--force", "--notify-command", "alert"])
      #expect(run.finish().status == 0)
    }
    try refresh()
    try sandbox.writeProgram("alert", "echo x >>$HOME/called; exit 3")
    try refresh()
    try refresh()
    #expect(sandbox.read(sandbox.folder + "/called") == "x\n")
  }

  @Test("A print starts a refresh that runs the command")
  func commandOfPrint() throws {
    try sandbox.writeProgram("alert", "echo $NOTIFY_LEVEL >>$HOME/called")
    service.response(LoopbackFactory.limitsPath, Answers.limits(93, 20, 5))
    let bar = try sandbox.start(["plain", "--notify-command", "alert", "--warning", "50"])
    #expect(bar.finish().status == 0)
    waitUntil { sandbox.read(sandbox.folder + "/called") != nil }
    #expect(sandbox.read(sandbox.folder + "/called") == "critical\n")
  }

  @Test("The user's thresholds are used")
  func thresholds() throws {
    try refresh(30, "--warning", "25", "--critical", "60")
    #expect(shown.count == 1)
  }

  @Test("Many bars with a cold cache send only one")
  func many() throws {
    service.response(LoopbackFactory.limitsPath, Answers.limits(93, 20, 5))
    let bars = try (0..<12).map { _ in
      try sandbox.start(["waybar", "--notify", "--wait", "20s"])
    }
    for bar in bars { #expect(bar.finish().status == 0) }
    let forced = try (0..<4).map { _ in try sandbox.start(["refresh", "--force", "--notify"]) }
    for refresh in forced { #expect(refresh.finish().status == 0) }
    #expect(shown.count == 1)
  }

  @Test("A notification that failed is sent by the next refresh")
  func fails() throws {
    try script("exit 1")
    try refresh(80)
    #expect(shown.isEmpty)
    try script("printf '%s|' \"$@\" >>$HOME/shown; echo >>$HOME/shown")
    try refresh(80)
    try refresh(80)
    #expect(shown.count == 1)
  }

  @Test("Without notify-send a refresh still succeeds, and doctor reports what is missing")
  func missing() throws {
    sandbox.environment["PATH"] = sandbox.folder + "/nothing"
    try refresh(80)
    let doctor = try sandbox.run("doctor", environment: ["DROIDBAR_NOTIFY": "yes"])
    #expect(doctor.status == 1)
    #expect(doctor.output.contains("FAIL  notifications"))
    #expect(doctor.output.contains("libnotify-bin"))
  }
}
