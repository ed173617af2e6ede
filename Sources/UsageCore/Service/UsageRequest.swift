/// Reads an account's usage: rate limits, or the tokens of an allowance plan.
///
/// `LimitsResponse` says which of the two applies. The other endpoint then returns outdated values.
struct UsageRequest {
  let service: FactoryService
  let now: Moment
  /// Updated with what the responses reveal about the account.
  var metadata: AccountMetadata

  private enum Gate {
    case onRateLimits(Usage)
    case onAllowance
    /// The endpoint failed, which says nothing about the account.
    case unknown
  }

  mutating func read() throws(ServiceError) -> Usage {
    if AccountMetadata.isCurrent(metadata.onAllowanceSince, now: now) {
      do {
        return try readTokens()
      } catch {
        // The account may have moved to rate limits today.
        guard error.mayMeanOtherPlan, case .onRateLimits(let usage) = try readLimits() else {
          throw error
        }
        return usage
      }
    }
    switch try readLimits() {
    case .onRateLimits(let usage):
      return usage
    case .onAllowance:
      let usage = try readTokens()
      metadata.isOnRateLimits = false
      metadata.onAllowanceSince = now
      return usage
    case .unknown:
      return try readTokens()
    }
  }

  private mutating func readLimits() throws(ServiceError) -> Gate {
    let response: JSONValue
    do {
      response = try service.get(LimitsResponse.path)
    } catch {
      switch error {
      case .forbidden where !metadata.isOnRateLimits: return .onAllowance
      // Not remembered for an account with rate limits: the other endpoint has outdated values of it.
      case .notOffered: return metadata.isOnRateLimits ? .unknown : .onAllowance
      // An account that was never on an allowance plan might see outdated values there.
      case .serverError(_, nil) where metadata.onAllowanceSince != nil: return .unknown
      case .transport(let problem)
      where problem.kind == .timeout && metadata.onAllowanceSince != nil:
        return .unknown
      default: throw error
      }
    }
    guard response.isObject else { throw .invalidResponse(endpoint: LimitsResponse.path) }
    guard let usage = LimitsResponse.usage(response, now: now) else { return .onAllowance }
    guard case .rateLimits(let pools, _) = usage,
      pools.contains(where: { $0.name == RatePool.standardName })
    else { throw .invalidResponse(endpoint: LimitsResponse.path) }
    metadata.isOnRateLimits = true
    metadata.onAllowanceSince = nil
    metadata.planType = ProfileResponse.planName(response["planType"]?.string)
    return .onRateLimits(usage)
  }

  private mutating func readTokens() throws(ServiceError) -> Usage {
    let response: JSONValue
    do {
      response = try requestTokens()
    } catch .notOffered(status: 405) {
      metadata.readsTokensWithGet.toggle()
      response = try requestTokens()
    }
    guard let usage = TokenUsageResponse.usage(response, now: now) else {
      throw .invalidResponse(endpoint: TokenUsageResponse.path)
    }
    return usage
  }

  private func requestTokens() throws(ServiceError) -> JSONValue {
    guard metadata.readsTokensWithGet else {
      return try service.post(TokenUsageResponse.path, json: #"{"useCache":true}"#)
    }
    var query = [("useCache", "true")]
    if let userID = service.bearer.userID { query.append(("userId", userID)) }
    return try service.get(TokenUsageResponse.path, query: query)
  }
}

extension ServiceError {
  fileprivate var mayMeanOtherPlan: Bool {
    switch self {
    case .notOffered, .forbidden, .invalidResponse: true
    default: false
    }
  }
}
