/// What earlier refreshes learned about an account, so that it is not requested again each time.
struct AccountMetadata: Equatable, Sendable {
  /// As in `Snapshot.account`.
  var account: String
  /// The service last said that the account has rolling windows.
  var isOnRateLimits = false
  /// When the service last said that the account is on an allowance plan. Nil for an account that never was.
  var onAllowanceSince: Moment?
  /// The token endpoint rejects POST with 405.
  var readsTokensWithGet = false
  /// When the profile was last requested, whatever the result.
  var profileReadAt: Moment?
  /// When the service last denied the hours on Droid Computers. Nil once it returned them.
  var computeRefusedAt: Moment?
  /// The plan's name in the profile.
  var plan: String?
  /// The plan's name in the limits response.
  var planType: String?
  /// The organization's name in the profile.
  var organization: String?
  var whoami: Whoami?
  /// When whoami was last requested, whatever the result.
  var whoamiAskedAt: Moment?

  static let daySeconds: Int64 = 86_400
  private static let monthSeconds: Int64 = 30 * 86_400

  /// Whether something learned at `moment` is at most a day old.
  static func isCurrent(_ moment: Moment?, now: Moment, seconds: Int64 = daySeconds) -> Bool {
    guard let moment else { return false }
    return (0..<seconds).contains(now.seconds(since: moment))
  }

  /// A result is kept for a month, a failure for a day.
  func isWhoamiCurrent(now: Moment) -> Bool {
    Self.isCurrent(
      whoamiAskedAt, now: now, seconds: whoami == nil ? Self.daySeconds : Self.monthSeconds)
  }
}

/// `AccountMetadata` as lines of a key and its values. An unreadable file counts as empty.
extension AccountMetadata {
  /// Empty when the file is of another account.
  static func load(_ path: String, account: String) -> AccountMetadata {
    let empty = AccountMetadata(account: account)
    guard let bytes = try? BoundedFile.read(path, limit: 4096),
      let lines = TabSeparated.lines(bytes), lines.first == ["account", account]
    else { return empty }
    return lines.dropFirst().reduce(into: empty) { $0.read($1) }
  }

  private mutating func read(_ line: [String]) {
    guard line.count >= 2 else { return }
    let moment = Int64(line[1]).map { Moment(seconds: $0) }
    switch line[0] {
    case "on-rate-limits": isOnRateLimits = line[1] == "yes"
    case "not-on-rate-limits": onAllowanceSince = moment
    case "tokens-with-get": readsTokensWithGet = line[1] == "yes"
    case "profile-read": profileReadAt = moment
    case "compute-refused": computeRefusedAt = moment
    case "plan": plan = line[1]
    case "plan-type": planType = line[1]
    case "organization": organization = line[1]
    case "whoami-asked": whoamiAskedAt = moment
    case "whoami" where line.count == 4:
      whoami = Whoami(
        userID: line[1].isEmpty ? nil : line[1], organizationID: line[2].isEmpty ? nil : line[2],
        region: ServiceBases.Region(name: line[3]))
    default: break
    }
  }

  /// Replaces the file atomically.
  func store(at path: String) throws(FileError) {
    var lines = [["account", account]]
    func add(_ key: String, _ moment: Moment?) {
      if let moment { lines.append([key, "\(moment.seconds)"]) }
    }
    func add(_ key: String, _ text: String?) {
      if let text { lines.append([key, text]) }
    }
    add("on-rate-limits", isOnRateLimits ? "yes" : nil)
    add("not-on-rate-limits", onAllowanceSince)
    add("tokens-with-get", readsTokensWithGet ? "yes" : nil)
    add("profile-read", profileReadAt)
    add("compute-refused", computeRefusedAt)
    add("plan", plan)
    add("plan-type", planType)
    add("organization", organization)
    add("whoami-asked", whoamiAskedAt)
    if let whoami {
      lines.append([
        "whoami", whoami.userID ?? "", whoami.organizationID ?? "", whoami.region.rawValue,
      ])
    }
    try AtomicFile.write(lines.reduce(into: "") { $0 += TabSeparated.line($1) }, to: path)
  }
}
