import Foundation
import Testing

@testable import droidbar

@Suite("Completions and the man page")
struct CompletionsTests {
  @Test("Every command and option is completed", arguments: Shell.allCases)
  func complete(shell: Shell) {
    let text = Completions.text(shell)
    for name in Command.Name.allCases { #expect(text.contains(name.rawValue)) }
    for key in SettingKey.allCases { #expect(text.contains(key.rawValue)) }
  }

  @Test("bash takes its script")
  func bash() throws {
    let check = Process()
    check.executableURL = URL(fileURLWithPath: "/bin/bash")
    check.arguments = ["-n", "-c", Completions.text(.bash)]
    try check.run()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0)
  }

  @Test("The man page names every command and option")
  func man() throws {
    let root = (1...3).reduce(#filePath) { path, _ in (path as NSString).deletingLastPathComponent }
    let page = try String(contentsOfFile: root + "/integrations/man/droidbar.1", encoding: .utf8)
      .replacing("\\-", with: "-")
    for name in Command.Name.allCases {
      #expect(page.contains("droidbar \(name.rawValue)"), "\(name)")
    }
    for key in SettingKey.allCases { #expect(page.contains("--\(key.rawValue)"), "\(key)") }
  }
}
