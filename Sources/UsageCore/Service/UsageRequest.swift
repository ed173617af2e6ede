/// Finds an account's usage: rate limits where the gate says so, else the tokens of its allowance.
struct UsageRequest {
  let service: FactoryService
  let now: Moment
  var learnt: Learnt

  /// What `GET /api/billing/limits` was good for.
  private enum Gate {
    case rateLimits(Usage)
    /// The service said that this is not the account's kind.
    case tokens
    /// It did not get to say anything.
    case silent(ServiceProblem)
  }

  mutating func read() throws(ServiceProblem) -> Usage {
    guard Learnt.holds(since: learnt.notOnRateLimitsSince, now: now) else {
      return try readThroughGate()
    }
    do {
      return try readTokens()
    } catch {
      guard error.speaksAgainstAllowance else { throw error }
      learnt.notOnRateLimitsSince = nil
      guard case .rateLimits(let usage) = try askGate() else { throw error }
      return usage
    }
  }

  private mutating func readThroughGate() throws(ServiceProblem) -> Usage {
    switch try askGate() {
    case .rateLimits(let usage):
      return usage
    case .tokens:
      return try readTokens()
    case .silent(let problem):
      // The allowance of an account on rate limits holds stale figures: better none than those.
      if learnt.isOnRateLimits { throw problem }
      return try readTokens()
    }
  }

  private mutating func askGate() throws(ServiceProblem) -> Gate {
    let answer: JSONValue
    do {
      answer = try service.get(LimitsAnswer.path)
    } catch {
      switch error {
      case .forbidden where learnt.isOnRateLimits:
        throw error
      case .notOffered, .forbidden:
        noteTokens()
        return .tokens
      case .serverError(_, nil):
        return .silent(error)
      case .transport(let problem) where problem.kind == .timeout:
        return .silent(error)
      default:
        throw error
      }
    }
    guard let usage = LimitsAnswer.usage(answer, now: now) else {
      guard answer.members != nil else { throw .nonsense(endpoint: LimitsAnswer.path) }
      noteTokens()
      return .tokens
    }
    guard case .rateLimits(let pools, _) = usage,
      pools.contains(where: { $0.name == RatePool.standardName })
    else {
      throw .nonsense(endpoint: LimitsAnswer.path)
    }
    learnt.isOnRateLimits = true
    learnt.notOnRateLimitsSince = nil
    return .rateLimits(usage)
  }

  private mutating func noteTokens() {
    learnt.isOnRateLimits = false
    learnt.notOnRateLimitsSince = now
  }

  private mutating func readTokens() throws(ServiceProblem) -> Usage {
    let answer = try askTokens()
    guard let usage = TokenUsageAnswer.usage(answer, now: now) else {
      throw .nonsense(endpoint: TokenUsageAnswer.path)
    }
    return usage
  }

  private mutating func askTokens() throws(ServiceProblem) -> JSONValue {
    do {
      return try askTokens(withGet: learnt.readsTokensWithGet)
    } catch .notOffered(status: 405) {
      learnt.readsTokensWithGet.toggle()
      return try askTokens(withGet: learnt.readsTokensWithGet)
    }
  }

  private func askTokens(withGet: Bool) throws(ServiceProblem) -> JSONValue {
    guard withGet else {
      return try service.post(TokenUsageAnswer.path, json: #"{"useCache":true}"#)
    }
    var query = [("useCache", "true")]
    if let userID = service.userID { query.append(("userId", userID)) }
    return try service.get(TokenUsageAnswer.path, query: query)
  }
}

extension ServiceProblem {
  /// The account may have moved to rate limits since the gate was asked.
  fileprivate var speaksAgainstAllowance: Bool {
    switch self {
    case .notOffered, .forbidden, .nonsense: true
    default: false
    }
  }
}
