import CLibraries

/// The usage of an account at one time.
package struct Sample: Equatable, Sendable {
  struct Share: Equatable, Sendable {
    /// A `LimitID`.
    let limit: String
    let usedPercent: Double
    let resetsAt: Moment?

    func isSameWindow(as other: Share) -> Bool {
      Window.isSame(resetsAt, other.resetsAt)
    }
  }

  /// More limits than any plan has.
  static let maximumShares = 12

  let takenAt: Moment
  /// Seconds that local clocks were ahead of UTC, so that working hours stay local while travelling.
  let utcOffset: Int64
  let shares: [Share]

  func share(of limit: String) -> Share? {
    shares.first { $0.limit == limit }
  }

  /// Whether nothing was used and no window was reset since an earlier sample.
  func isUnchanged(since earlier: Sample) -> Bool {
    guard utcOffset == earlier.utcOffset, shares.count == earlier.shares.count else { return false }
    return zip(shares, earlier.shares).allSatisfy { share, before in
      share.limit == before.limit && share.usedPercent == before.usedPercent
        && share.isSameWindow(as: before)
    }
  }

  /// Whether nothing was used for an hour or more since an earlier sample.
  func isAfterPause(since earlier: Sample) -> Bool {
    takenAt.seconds(since: earlier.takenAt) >= 3600 && isUnchanged(since: earlier)
  }

  func isAfterReset(since earlier: Sample) -> Bool {
    zip(shares, earlier.shares).contains { $0.usedPercent < $1.usedPercent }
  }
}

extension Sample {
  package init(_ data: Snapshot.UsageData, utcOffset: Int64) {
    takenAt = data.takenAt
    self.utcOffset = utcOffset
    shares = data.usage.limits.flatMap { $0 }.prefix(Self.maximumShares).map {
      Share(limit: $0.id, usedPercent: $0.usedPercent, resetsAt: $0.resetsAt)
    }
  }

  /// `1763722811<TAB>3600<TAB>5h<TAB>36<TAB>1763728241…`
  var line: String {
    var fields = ["\(takenAt.seconds)", "\(utcOffset)"]
    for share in shares {
      fields += [
        share.limit, share.usedPercent.decimal, share.resetsAt.map { "\($0.seconds)" } ?? "",
      ]
    }
    return TabSeparated.line(fields)
  }

  init?(fields: [String]) {
    guard fields.count % 3 == 2, let taken = Self.moment(fields[0]), let offset = Int64(fields[1]),
      (-86_400...86_400).contains(offset)
    else { return nil }
    var shares: [Share] = []
    for start in stride(from: 2, to: fields.count, by: 3) {
      guard let used = Double(decimal: fields[start + 1]), shares.count < Self.maximumShares
      else { return nil }
      let reset = Self.moment(fields[start + 2])
      guard reset != nil || fields[start + 2].isEmpty else { return nil }
      shares.append(Share(limit: fields[start], usedPercent: used, resetsAt: reset))
    }
    takenAt = taken
    utcOffset = offset
    self.shares = shares
  }

  /// A time up to the year 9999.
  private static func moment(_ text: String) -> Moment? {
    guard let seconds = Int64(text), (0...Moment.endOfYears.seconds).contains(seconds) else {
      return nil
    }
    return Moment(seconds: seconds)
  }
}

/// The samples of one account, one line each, the oldest first. The caller holds the refresh lock.
///
/// Lines are appended. A large or damaged file is rewritten without the lines that are no longer useful.
package struct HistoryFile {
  static let prefix = "history-"
  static let header = ["droidbar-history", "2"]
  /// Without UTC offsets.
  private static let firstHeader = ["droidbar-history", "1"]
  /// Five of each day of the week.
  static let longestSeconds: Int64 = 36 * 86_400
  static let maximumBytes = 256 * 1024
  /// Samples closer together are not recorded.
  static let shortestSeconds: Int64 = 60

  let path: String

  init(folder: String, account: String) {
    path = Path.joined(folder, Self.prefix + Fingerprint.of(account))
  }

  /// The samples up to `now`.
  func samples(now: Moment) -> [Sample] {
    contents(now: now)?.samples ?? []
  }

  /// Records a sample and returns all of them, with this one last. Works without a writable file too.
  func samples(adding sample: Sample) -> [Sample] {
    (try? add(sample)) ?? samples(now: sample.takenAt) + [sample]
  }

  /// Adds a sample and returns all, with this one last.
  func add(_ sample: Sample) throws(FileError) -> [Sample] {
    let now = sample.takenAt
    guard let known = contents(now: now) else {
      Self.removeForgotten(in: Path.parent(of: path), now: now)
      try write([sample])
      return [sample]
    }
    let all = known.samples + [sample]
    if let last = known.samples.last, known.isIntact,
      now.seconds(since: last.takenAt) < Self.shortestSeconds
    {
      return all
    }
    if known.isIntact && known.size < Self.maximumBytes {
      try append(sample.line)
    } else {
      try write(Self.thinned(all, now: now))
    }
    return all
  }

  /// Deletes the histories of accounts that have not been used for a long time.
  private static func removeForgotten(in folder: String, now: Moment) {
    for name in Path.names(in: folder) where name.hasPrefix(prefix) {
      let path = Path.joined(folder, name)
      guard let status = FileStatus(path) else { continue }
      if now.seconds(since: status.modified.moment) > longestSeconds { AtomicFile.remove(path) }
    }
  }

  private struct Contents {
    var samples: [Sample] = []
    var size: Int
    /// Every line is valid, and the times ascend up to now.
    var isIntact: Bool
  }

  private func contents(now: Moment) -> Contents? {
    guard let bytes = try? BoundedFile.read(path, limit: 4 * Self.maximumBytes) else { return nil }
    let complete = bytes.lastIndex(of: UInt8(ascii: "\n")).map { Array(bytes[...$0]) } ?? []
    guard let lines = TabSeparated.lines(complete), let header = lines.first,
      header == Self.header || header == Self.firstHeader
    else { return nil }
    let isCurrent = header == Self.header
    var contents = Contents(
      size: bytes.count, isIntact: isCurrent && complete.count == bytes.count)
    for line in lines.dropFirst() {
      let fields =
        isCurrent ? line : line.prefix(1) + ["\(LocalTime.utcOffset(at: now))"] + line.dropFirst()
      // A clock that was ahead or set back leaves samples in the future or out of order.
      guard let sample = Sample(fields: fields), sample.takenAt <= now,
        sample.takenAt > contents.samples.last?.takenAt ?? Moment(seconds: .min)
      else {
        contents.isIntact = false
        continue
      }
      if now.seconds(since: sample.takenAt) <= Self.longestSeconds {
        contents.samples.append(sample)
      }
    }
    return contents
  }

  /// Keeps one sample a minute for 3 hours, one in 10 minutes for 2 days, and one an hour before that. Those after a
  /// pause or before a reset stay, so that no use is spread over a night or lost. Samples within a pause are dropped.
  package static func thinned(_ samples: [Sample], now: Moment) -> [Sample] {
    let changes = samples.indices.filter { index in
      index == 0 || index == samples.count - 1
        || !samples[index].isUnchanged(since: samples[index - 1])
        || !samples[index + 1].isUnchanged(since: samples[index])
    }.map { samples[$0] }
    var kept: [Sample] = []
    for (index, sample) in changes.enumerated().reversed() {
      let age = now.seconds(since: sample.takenAt)
      guard age <= longestSeconds else { break }
      let distance: Int64 = age < 3 * 3600 ? shortestSeconds : age < 2 * 86_400 ? 600 : 3600
      if let next = kept.last, next.takenAt.seconds(since: sample.takenAt) < distance {
        let isAfterPause = index > 0 && sample.isAfterPause(since: changes[index - 1])
        guard isAfterPause || changes[index + 1].isAfterReset(since: sample) else { continue }
      }
      kept.append(sample)
    }
    return kept.reversed()
  }

  /// Writes the newest samples up to three quarters of the maximum, so that the next ones can be appended.
  private func write(_ samples: [Sample]) throws(FileError) {
    var room = Self.maximumBytes / 4 * 3
    var lines: [String] = []
    for sample in samples.reversed() {
      let line = sample.line
      room -= line.utf8.count
      if room < 0 { break }
      lines.append(line)
    }
    let all = [TabSeparated.line(Self.header)] + lines.reversed()
    try AtomicFile.write(all.joined(), to: path)
  }

  /// A short write leaves an incomplete line, which the next refresh removes.
  private func append(_ line: String) throws(FileError) {
    libc_ignore_signal(SIGXFSZ)
    let descriptor = libc_open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileError("write", path) }
    defer { close(descriptor) }
    let bytes = Array(line.utf8)
    guard CLibraries.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw FileError("write", path)
    }
  }
}
