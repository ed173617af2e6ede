import BarOutput
import CLibraries
import UsageCore

/// Clicks on standard input: from i3bar always, from i3blocks 1.5 for a persistent block.
///
/// Otherwise standard input is never read, because i3blocks 1.4 passes its own click pipe to its children.
struct ClickStream {
  private static let longestLine = 4096

  /// -1 when no clicks arrive.
  private(set) var descriptor: Int32
  private var buffer: [UInt8] = []
  private var waiting: [Click] = []

  init(host: Host, environment: Environment) {
    let isFed = host.format.sendsClicks(environment)
    descriptor = isFed ? STDIN_FILENO : -1
    if isFed { libc_set_nonblocking(STDIN_FILENO) }
  }

  /// The next click that has arrived.
  mutating func next() -> Click? {
    if waiting.isEmpty { read() }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }

  private mutating func read() {
    var chunk = [UInt8](repeating: 0, count: 1024)
    while descriptor >= 0 {
      let count = CLibraries.read(descriptor, &chunk, chunk.count)
      if count < 0 { break }
      if count == 0 {
        // The host closed the pipe. Readings continue.
        descriptor = -1
        break
      }
      buffer += chunk[..<count]
      takeLines()
      if buffer.count > Self.longestLine { buffer.removeAll() }
    }
  }

  private mutating func takeLines() {
    while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
      if let click = Self.click(String(decoding: buffer[..<end], as: UTF8.self)) {
        waiting.append(click)
      }
      buffer.removeSubrange(...end)
    }
  }

  /// Parses a button number, or the `button` of a JSON object.
  static func click(_ line: String) -> Click? {
    guard let key = line.firstOccurrence(of: "\"button\"") else { return Click(rawValue: line) }
    let digits = line[key.upperBound...].drop { ": \"".contains($0) }
      .prefix { ("0"..."9").contains($0) }
    return Click(rawValue: String(digits))
  }
}
