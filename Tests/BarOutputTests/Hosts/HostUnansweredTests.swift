import Foundation
import Testing

@testable import BarOutput

@Suite("The line of a run that had no time")
struct HostUnansweredTests {
  @Test("It is a reading of its host", arguments: BarOutput.Host.allCases)
  func line(host: BarOutput.Host) throws {
    let line = "\(host.unanswered)"
    #expect(line.hasSuffix("\n") && line.utf8.count < 1000)
    if line.hasPrefix("{") {
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
  }
}
