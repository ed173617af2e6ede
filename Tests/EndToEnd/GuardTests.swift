import LoopbackFactory
import Testing

@Suite("A guard for scripts")
struct GuardTests {
  private func guarded(_ sandbox: Sandbox, _ arguments: String...) throws -> Sandbox.Run {
    try sandbox.start(["guard", "--min-remaining"] + arguments).finish()
  }

  @Test("Enough, too little, and the limit it is about")
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

  @Test("Nearly nothing left is too little, also where another limit will stop work first")
  func least() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(60, 97, 5))
    #expect(try guarded(sandbox, "10").output == "week: 3% remaining\n")
    #expect(try guarded(sandbox, "10").status == 1)
  }

  @Test("What is not known is neither")
  func unknown() throws {
    let sandbox = try Sandbox()
    let run = try guarded(sandbox, "10")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Run 'droid' and log in"))
    let (_, other) = try loggedIn(limits: Answers.limits(63, 20, 5))
    #expect(try guarded(other, "10", "--window", "premium").status == 2)
  }
}
