/// `GET /api/app/auth/me`: the names of plan and organization. An optional extra.
struct ProfileAnswer: Equatable {
  static let path = "/api/app/auth/me"

  let organization: String?
  let plan: String?

  init(_ answer: JSONValue) {
    let organization = answer["organization"]
    let subscription = organization?["subscription"]
    self.organization = Label.clean(organization?["name"]?.string)
    plan = Self.plan(
      Label.clean(subscription?["orbSubscription"]?["plan"]?["name"]?.string)
        ?? Label.clean(subscription?["factoryTier"]?.string))
  }

  /// "Factory Max Plan" → "Max".
  private static func plan(_ name: String?) -> String? {
    guard var words = name?.split(separator: " ") else { return nil }
    if words.count > 1 && words.first == "Factory" { words.removeFirst() }
    if words.count > 1 && words.last == "Plan" { words.removeLast() }
    guard let first = words.first else { return nil }
    return ([first.prefix(1).uppercased() + first.dropFirst()] + words.dropFirst().map(String.init))
      .joined(separator: " ")
  }
}

/// `GET /api/organization/compute-usage`: hours on Droid Computers. An optional extra, refused to some plans.
enum ComputeAnswer {
  static let path = "/api/organization/compute-usage"

  static func hours(_ answer: JSONValue) -> ComputeHours? {
    guard let used = answer["orgUsageMs"]?.integer, let limit = answer["limitMs"]?.integer,
      used >= 0, limit > 0
    else { return nil }
    return ComputeHours(usedSeconds: used / 1000, limitSeconds: limit / 1000)
  }
}
