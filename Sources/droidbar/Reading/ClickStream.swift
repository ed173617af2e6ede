import BarOutput
import UsageCore

/// Clicks on standard input, where the host sends them there: i3bar always, i3blocks 1.5 to a persistent block.
///
/// Elsewhere standard input is never touched: i3blocks 1.4 hands down its own click pipe, and reading would steal from it.
struct ClickStream {
  private static let longestLine = 4096

  /// -1 where no clicks come.
  private(set) var descriptor: Int32
  private var buffer: [UInt8] = []
  private var waiting: [Click] = []

  init(host: Host, environment: Environment) {
    let isFed = host == .i3bar || (host == .i3blocks && environment["interval"] == "persist")
    descriptor = isFed ? STDIN_FILENO : -1
    if isFed { _ = fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK) }
  }

  /// The next click of those that have arrived.
  mutating func next() -> Click? {
    if waiting.isEmpty { read() }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }

  private mutating func read() {
    var chunk = [UInt8](repeating: 0, count: 1024)
    while descriptor >= 0 {
      let count = chunk.withUnsafeMutableBytes { readBytes(descriptor, $0) }
      if count < 0 { break }
      if count == 0 {
        // The host closed it: no more clicks, but readings go on.
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

  /// A button's number alone, or the `button` of a JSON object.
  static func click(_ line: String) -> Click? {
    let digits: Substring
    if line.allSatisfy(\.isNumber) {
      digits = line[...]
    } else {
      guard let key = line.firstRange(of: "\"button\"") else { return nil }
      digits = line[key.upperBound...].drop { ": \"".contains($0) }.prefix { $0.isNumber }
    }
    return Click(rawValue: String(digits))
  }
}

private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}
