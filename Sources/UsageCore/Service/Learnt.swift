/// What earlier refreshes learnt of the service's ways with an account, so that it is not asked again each time.
public struct Learnt: Equatable, Sendable {
  /// Whose ways these are, as in `Snapshot.account`.
  public var account: String
  /// When the service last said that the account is not on rate limits.
  public var notOnRateLimitsSince: Moment?
  /// The account was on rate limits when last asked.
  public var isOnRateLimits = false
  /// POST was answered with 405.
  public var readsTokensWithGet = false
  public var profileReadAt: Moment?
  public var computeRefusedAt: Moment?
  public var plan: String?
  public var organization: String?

  public init(account: String) {
    self.account = account
  }

  private static let daySeconds: Int64 = 86_400

  /// Whether something learnt at `moment` still counts. A clock set back ends it.
  static func holds(since moment: Moment?, now: Moment) -> Bool {
    guard let moment else { return false }
    return (0..<daySeconds).contains(now.seconds(since: moment))
  }
}

/// The file it is kept in: `key<TAB>value` lines; one that cannot be read teaches nothing.
public enum LearntFile {
  public static func load(_ path: String, account: String) -> Learnt {
    var learnt = Learnt(account: account)
    guard let text = try? BoundedFile.text(path, limit: 4096) else { return learnt }
    var values: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      if words.count == 2 { values[words[0]] = words[1] }
    }
    guard values["account"].map(String.init) == account else { return learnt }
    func moment(_ key: Substring) -> Moment? {
      values[key].flatMap { Int64($0) }.map { Moment(seconds: $0) }
    }
    learnt.notOnRateLimitsSince = moment("not-on-rate-limits")
    learnt.isOnRateLimits = values["on-rate-limits"] == "yes"
    learnt.readsTokensWithGet = values["tokens-with-get"] == "yes"
    learnt.profileReadAt = moment("profile-read")
    learnt.computeRefusedAt = moment("compute-refused")
    learnt.plan = values["plan"].map(String.init)
    learnt.organization = values["organization"].map(String.init)
    return learnt
  }

  public static func store(_ learnt: Learnt, at path: String) throws(FileProblem) {
    var lines = ["account\t\(learnt.account)"]
    if let moment = learnt.notOnRateLimitsSince {
      lines.append("not-on-rate-limits\t\(moment.seconds)")
    }
    if learnt.isOnRateLimits { lines.append("on-rate-limits\tyes") }
    if learnt.readsTokensWithGet { lines.append("tokens-with-get\tyes") }
    if let moment = learnt.profileReadAt { lines.append("profile-read\t\(moment.seconds)") }
    if let moment = learnt.computeRefusedAt { lines.append("compute-refused\t\(moment.seconds)") }
    if let plan = learnt.plan { lines.append("plan\t\(plan)") }
    if let organization = learnt.organization { lines.append("organization\t\(organization)") }
    try PrivateFile.write(lines.joined(separator: "\n") + "\n", to: path)
  }
}
