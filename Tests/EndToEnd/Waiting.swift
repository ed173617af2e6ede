import Foundation
import Testing

/// Waits for an event, and records an issue if it does not occur in time.
func waitUntil(
  seconds: Double = 10, sourceLocation: SourceLocation = #_sourceLocation, _ hasOccurred: () -> Bool
) {
  let end = Date().addingTimeInterval(seconds)
  while !hasOccurred() {
    guard end.timeIntervalSinceNow > 0 else {
      Issue.record("nothing happened for \(seconds) s", sourceLocation: sourceLocation)
      return
    }
    usleep(2000)
  }
}
