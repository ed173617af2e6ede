/// The samples of one account, a line each, oldest first. Its holder has the refresh's lock.
///
/// A line is added at the end; when the file has grown, or its end is torn, it is written anew with what is still of
/// use. What cannot be read is left out: a history is worth no error.
struct HistoryFile {
  static let header = "droidbar-history\t1"
  /// Nothing shown looks further back.
  static let longestSeconds: Int64 = 8 * 86_400
  static let largest = 128 * 1024
  /// Readings closer together than this are one.
  static let leastSeconds: Int64 = 60

  let path: String

  init(folder: String, account: String) {
    path = folder + "/" + Self.prefix + Fingerprint.of(account)
  }

  static let prefix = "history-"

  /// What is known up to `now`.
  func samples(now: Moment) -> [Sample] {
    contents(now: now)?.samples ?? []
  }

  /// Adds a sample and answers with all that are known, this one last.
  func add(_ sample: Sample) throws(FileProblem) -> [Sample] {
    let now = sample.takenAt
    guard let known = contents(now: now) else {
      History.removeForgotten(in: Path.parent(of: path), now: now)
      try write([sample])
      return [sample]
    }
    let all = known.samples + [sample]
    if let last = known.samples.last, known.isWhole,
      now.seconds(since: last.takenAt) < Self.leastSeconds
    {
      return all
    }
    if known.isWhole && known.size < Self.largest {
      try append(sample.line + "\n")
    } else {
      try write(Self.thinned(all, now: now))
    }
    return all
  }

  private struct Contents {
    var samples: [Sample]
    var size: Int
    /// Every line is a sample of the past, and the last one is ended.
    var isWhole: Bool
  }

  /// Nil when there is nothing to go on from.
  private func contents(now: Moment) -> Contents? {
    guard let text = try? BoundedFile.text(path, limit: 4 * Self.largest) else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == Self.header[...] else { return nil }
    let tail = lines.removeLast()
    var contents = Contents(samples: [], size: text.utf8.count, isWhole: tail.isEmpty)
    for line in lines.dropFirst() {
      // A clock that was ahead left samples of a time to come; one that went back left them out of order.
      guard let sample = Sample(line: line), sample.takenAt <= now,
        sample.takenAt > contents.samples.last?.takenAt ?? Moment(seconds: .min)
      else {
        contents.isWhole = false
        continue
      }
      if now.seconds(since: sample.takenAt) <= Self.longestSeconds {
        contents.samples.append(sample)
      }
    }
    return contents
  }

  /// Every minute of the last hours, every ten minutes of two days, every hour before that.
  static func thinned(_ samples: [Sample], now: Moment) -> [Sample] {
    var kept: [Sample] = []
    for sample in samples.reversed() {
      let age = now.seconds(since: sample.takenAt)
      guard age <= longestSeconds else { break }
      let least: Int64 = age < 3 * 3600 ? leastSeconds : age < 2 * 86_400 ? 600 : 3600
      if let next = kept.last, next.takenAt.seconds(since: sample.takenAt) < least { continue }
      kept.append(sample)
    }
    return kept.reversed()
  }

  /// The newest that fit, with room for more: a file that is full at once would be written anew each time.
  private func write(_ samples: [Sample]) throws(FileProblem) {
    var room = Self.largest / 4 * 3
    var lines: [String] = []
    for sample in samples.reversed() {
      let line = sample.line
      room -= line.utf8.count + 1
      if room < 0 { break }
      lines.append(line)
    }
    let all = [Self.header] + lines.reversed() + [""]
    try PrivateFile.write(all.joined(separator: "\n"), to: path)
  }

  private func append(_ line: String) throws(FileProblem) {
    let descriptor = openToAppend(path)
    guard descriptor >= 0 else { throw FileProblem("write", path) }
    defer { close(descriptor) }
    let bytes = Array(line.utf8)
    // A short write leaves a torn end, which the next one mends.
    guard bytes.withUnsafeBytes({ writeBytes(descriptor, $0) }) == bytes.count
    else { throw FileProblem("write", path) }
  }
}

private func openToAppend(_ path: String) -> Int32 {
  open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
}

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
