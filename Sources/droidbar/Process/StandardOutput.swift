import CLibraries

enum StandardOutput {
  /// Writes a text with one write(2), if the kernel accepts it whole. Returns false when the reader has closed the pipe.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while let start = bytes.baseAddress, written < bytes.count {
        let count = CLibraries.write(descriptor, start + written, bytes.count - written)
        if count < 0 && libc_errno() == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }

  /// Columns of the terminal; nil when it is not one.
  static func terminalWidth() -> Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    let columns = Int(libc_terminal_columns(STDOUT_FILENO))
    return columns > 0 ? columns : 80
  }
}
