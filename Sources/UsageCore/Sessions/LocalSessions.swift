/// Counts today's tokens in droid's session files.
struct LocalSessions {
  /// Files that are not read within this time are left for the next refresh.
  private static let limitMilliseconds = 2000
  private static let maximumModels = 6

  let places: Places
  let environment: Environment

  /// Reads what changed since the last call. Nil when there are no sessions.
  func today(now: Moment) -> LocalTokens? {
    let folder = environment["DROID_SESSIONS_DIR"] ?? places.factoryDirectory + "/sessions"
    let found = SessionFiles(in: folder).found
    guard !found.isEmpty else { return nil }
    let indexPath = places.accountDirectory + "/sessions"
    let day = LocalDay(around: now)
    let known = SessionIndex(path: indexPath)
    var index = known ?? SessionIndex(dayStart: day.start)
    if index.dayStart != day.start { index.begin(day.start) }
    update(&index, found.sorted { $0.key < $1.key }, day)
    if index != known { try? index.store(at: indexPath) }
    return LocalTokens(until: day.end, models: Self.models(index))
  }

  /// Merges the entries with the files, both sorted by key.
  private func update(_ index: inout SessionIndex, _ found: [SessionFiles.Found], _ day: LocalDay) {
    let end = MonotonicClock.milliseconds() + Self.limitMilliseconds
    var known = index.entries[...]
    index.entries = []
    for file in found {
      while let entry = known.first, entry.key < file.key {
        index.keepDeleted(entry)
        known.removeFirst()
      }
      let earlier = known.first?.key == file.key ? known.popFirst() : nil
      if let earlier, earlier.modifiedNanoseconds == file.modifiedNanoseconds {
        index.entries.append(earlier)
        continue
      }
      if MonotonicClock.milliseconds() < end, let value = SessionFile.read(file.path) {
        index.add(SessionFile(value), file, after: earlier, day)
      } else if let earlier {
        // Keeps its old count and is read again next time.
        index.entries.append(earlier)
      }
    }
    for entry in known { index.keepDeleted(entry) }
  }

  private static func models(_ index: SessionIndex) -> [LocalTokens.Model] {
    var counts = [TokenCount](repeating: TokenCount(), count: index.models.count)
    for entry in index.entries where counts.indices.contains(entry.model) {
      counts[entry.model] = counts[entry.model].adding(entry.today)
    }
    let used = zip(index.models, counts).map { LocalTokens.Model(name: $0, count: $1) }
      .filter { !$0.count.isZero }
      .sorted { ($0.count.worked, $0.count.fromCache) > ($1.count.worked, $1.count.fromCache) }
    guard used.count > maximumModels else { return used }
    let rest = used[(maximumModels - 1)...].reduce(TokenCount()) { $0.adding($1.count) }
    return used[..<(maximumModels - 1)] + [LocalTokens.Model(name: "others", count: rest)]
  }
}
