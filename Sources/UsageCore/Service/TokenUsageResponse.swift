/// `/api/organization/subscription/usage`: the tokens of plans with a token allowance.
enum TokenUsageResponse {
  static let path = "/api/organization/subscription/usage"
  /// A larger allowance means unlimited.
  static let largestAllowance: Int64 = 1_000_000_000_000
  /// How far a ratio may be outside 0…1.
  private static let shareTolerance = 0.001

  /// Nil when the response contains no usage.
  static func usage(_ response: JSONValue, now: Moment) -> Usage? {
    guard let usage = response["usage"], usage.isObject else { return nil }
    let pools = [TokenPool.standardName, TokenPool.premiumName].compactMap { name in
      usage[name].flatMap { pool($0, name: name) }
    }
    // Plans without premium tokens have an empty premium pool.
    let shown = pools.filter {
      $0.name == TokenPool.standardName || !$0.isUnused || $0.allowance != .unknown
    }
    guard !shown.isEmpty else { return nil }
    let end = DateParser.moment(usage["endDate"])
    return .tokens(
      pools: shown, periodStart: DateParser.moment(usage["startDate"]),
      periodEnd: end.flatMap { $0 > now ? $0 : nil })
  }

  private static func pool(_ value: JSONValue, name: String) -> TokenPool? {
    guard value.isObject else { return nil }
    let used = max(0, value["orgTotalTokensUsed"]?.integer ?? value["userTokens"]?.integer ?? 0)
    let allowance = allowance(value["totalAllowance"])
    let overageLimit = value["orgOverageLimit"]?.double ?? 0
    let overageUsed = value["orgOverageUsed"]?.double ?? 0
    return TokenPool(
      name: name, usedTokens: used, allowance: allowance,
      usedPercent: usedPercent(ratio: value["usedRatio"]?.double, used: used, allowance: allowance),
      hasOverage: overageLimit > 0 && overageUsed < overageLimit)
  }

  private static func allowance(_ value: JSONValue?) -> Allowance {
    guard let number = value?.double, number > 0 else { return .unknown }
    guard number <= Double(largestAllowance), let tokens = value?.integer else { return .unlimited }
    return tokens > 0 ? .tokens(tokens) : .unknown
  }

  static func usedPercent(ratio: Double?, used: Int64, allowance: Allowance) -> Double? {
    switch allowance {
    case .unlimited:
      return nil
    case .tokens(let allowed):
      let share = Double(used) / Double(allowed) * 100
      guard let ratio, isShare(ratio), !(ratio <= 0 && used > 0) else { return share }
      return min(max(ratio, 0), 1) * 100
    case .unknown:
      guard let ratio, ratio > 0 else { return nil }
      return isShare(ratio) ? min(ratio, 1) * 100 : (ratio <= 100 ? ratio : nil)
    }
  }

  private static func isShare(_ ratio: Double) -> Bool {
    ratio >= -shareTolerance && ratio <= 1 + shareTolerance
  }

  /// The plan that has this allowance.
  static func plan(_ usage: Usage) -> String? {
    guard case .tokens(let pools, _, _) = usage,
      let standard = pools.first(where: { $0.name == TokenPool.standardName })
    else { return nil }
    switch standard.allowance {
    case .unknown: return nil
    case .unlimited: return "Max"
    case .tokens(let count):
      return count >= 200_000_000 ? "Max" : count >= 20_000_000 ? "Pro" : "Basic"
    }
  }
}
