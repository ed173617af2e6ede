/// `GET /api/app/auth/me`: the names of plan and organization. Optional.
struct ProfileResponse: Equatable {
  static let path = "/api/app/auth/me"

  let organization: String?
  let plan: String?

  init(_ response: JSONValue) {
    let organization = response["organization"]
    let subscription = organization?["subscription"]
    self.organization = Label.clean(organization?["name"]?.string)
    plan =
      Self.planName(subscription?["orbSubscription"]?["plan"]?["name"]?.string)
      ?? Self.planName(subscription?["factoryTier"]?.string)
  }

  /// "Factory Max Plan" → "Max", "pro" → "Pro".
  static func planName(_ name: String?) -> String? {
    guard var words = Label.clean(name)?.split(separator: " ") else { return nil }
    if words.count > 1 && words.first == "Factory" { words.removeFirst() }
    if words.count > 1 && words.last == "Plan" { words.removeLast() }
    guard let first = words.first else { return nil }
    return ([first.firstUppercased] + words.dropFirst().map { String($0) }).joined(separator: " ")
  }
}

/// `GET /api/organization/compute-usage`: hours on Droid Computers. Optional; some plans get 403.
enum ComputeResponse {
  static let path = "/api/organization/compute-usage"

  static func hours(_ response: JSONValue) -> ComputeHours? {
    guard let used = response["orgUsageMs"]?.integer, let limit = response["limitMs"]?.integer,
      used >= 0, limit > 0
    else { return nil }
    return ComputeHours(usedSeconds: used / 1000, limitSeconds: limit / 1000)
  }
}
