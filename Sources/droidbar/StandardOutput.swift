import UsageCore

/// Writes a line in one piece.
enum StandardOutput {
  /// False when nobody reads any more.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while let start = bytes.baseAddress, written < bytes.count {
        let count = writeBytes(descriptor, start + written, bytes.count - written)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }
}

private func writeBytes(_ descriptor: Int32, _ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
  write(descriptor, start, count)
}
