/// Today's tokens of droid's own session files.
public struct LocalSessions {
  /// Files that were not read within this time wait for the next refresh.
  private static let longestMilliseconds = 2000
  private static let mostModels = 6

  private let files: SessionFiles
  private let indexPath: String

  public init(places: Places, environment: Environment) {
    files = SessionFiles(places: places, environment: environment)
    indexPath = places.accountDirectory + "/sessions"
  }

  /// Reads what has changed since the last time. Nil where droid keeps no sessions.
  public func today(now: Moment) -> LocalTokens? {
    let found = files.all()
    guard !found.isEmpty else { return nil }
    let day = LocalDay(around: now)
    let known = SessionIndex(path: indexPath)
    var index = known ?? SessionIndex(dayStart: day.start)
    var hasChanged = known == nil
    if index.dayStart != day.start {
      index.begin(day.start, with: Set(found.map(\.key)))
      hasChanged = true
    }
    if bring(&index, upTo: found, day) { hasChanged = true }
    if hasChanged { try? index.store(at: indexPath) }
    return LocalTokens(until: day.end, models: Self.models(index))
  }

  /// True when anything was new.
  private func bring(_ index: inout SessionIndex, upTo found: [SessionFiles.Found], _ day: LocalDay)
    -> Bool
  {
    var places: [UInt64: Int] = [:]
    places.reserveCapacity(index.entries.count)
    for (place, entry) in index.entries.enumerated() { places[entry.key] = place }
    let end = Uptime.milliseconds() + Self.longestMilliseconds
    var hasChanged = false
    for file in found {
      let place = places[file.key]
      if let place, index.entries[place].modifiedNanoseconds == file.modifiedNanoseconds {
        continue
      }
      guard Uptime.milliseconds() < end else { break }
      let session: SessionFile?
      switch SessionFile.read(file.path) {
      case .counted(let counted): session = counted
      case .notCounted: session = nil
      // Keeps what it said, and is looked at again.
      case .unreadable: continue
      }
      hasChanged = true
      if let place {
        index.update(place, session, file, day)
      } else {
        places[file.key] = index.entries.count
        index.add(session, file, day)
      }
    }
    return hasChanged
  }

  private static func models(_ index: SessionIndex) -> [LocalTokens.Model] {
    var counts = [TokenCount](repeating: TokenCount(), count: index.models.count)
    for entry in index.entries where counts.indices.contains(entry.model) {
      let today = entry.today
      if !today.isZero { counts[entry.model] = counts[entry.model].adding(today) }
    }
    let used = zip(index.models, counts).map { LocalTokens.Model(name: $0, count: $1) }
      .filter { !$0.count.isZero }
      .sorted { ($0.count.worked, $0.count.fromCache) > ($1.count.worked, $1.count.fromCache) }
    guard used.count > mostModels else { return used }
    let rest = used[(mostModels - 1)...].reduce(TokenCount()) { $0.adding($1.count) }
    return used[..<(mostModels - 1)] + [LocalTokens.Model(name: "others", count: rest)]
  }
}
