import Foundation
import Testing

@testable import droidbar

@Suite("Completions")
struct CompletionsTests {
  @Test("Every command and option is completed", arguments: Shell.allCases)
  func complete(shell: Shell) {
    let text = Completions.text(shell)
    for name in Command.Name.allCases { #expect(text.contains(name.rawValue)) }
    for key in Setting.allCases { #expect(text.contains(key.rawValue)) }
  }

  @Test("bash can parse its script")
  func bash() throws {
    let check = Process()
    check.executableURL = URL(fileURLWithPath: "/bin/bash")
    check.arguments = ["-n", "-c", Completions.text(.bash)]
    try check.run()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0)
  }
}
