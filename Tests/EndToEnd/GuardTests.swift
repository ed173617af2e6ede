import LoopbackFactory
import Testing

@Suite("guard")
struct GuardTests {
  private func guarded(_ sandbox: Sandbox, _ arguments: String...) throws -> Sandbox.Run {
    try sandbox.start(["guard", "--min-remaining"] + arguments).finish()
  }

  @Test("It reports enough or too little, and the limit")
  func status() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(
      try guarded(sandbox, "37") == .init(status: 0, output: "5h: 37% remaining\n", errors: ""))
    #expect(try guarded(sandbox, "37.5").status == 1)
    #expect(
      try guarded(sandbox, "80", "--window", "week")
        == .init(status: 0, output: "week: 80% remaining\n", errors: ""))
    #expect(try guarded(sandbox, "81", "--window", "week").status == 1)
  }

  @Test("A nearly used-up limit is too little, even if another one stops work first")
  func least() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(60, 97, 5))
    #expect(try guarded(sandbox, "10").output == "week: 3% remaining\n")
    #expect(try guarded(sandbox, "10").status == 1)
  }

  @Test("Unknown usage is neither enough nor too little")
  func unknown() throws {
    let sandbox = try Sandbox()
    let run = try guarded(sandbox, "10")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Run 'droid' and log in"))
    #expect(try guarded(sandbox, "10", "--unknown-ok").status == 0)
    let (_, rates) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try guarded(rates, "10", "--window", "premium", "--unknown-ok").status == 2)
    let (_, other) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try guarded(other, "10", "--window", "premium").status == 2)
  }

  @Test("An unlimited allowance is always enough, and an unknown usage never")
  func unlimited() throws {
    let sandbox = try Sandbox()
    #expect(try guarded(sandbox, "99", "--demo=unlimited").status == 0)
    #expect(try guarded(sandbox, "1", "--demo=logged-out").status == 2)
  }
}
