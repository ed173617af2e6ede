/// Response bodies of the service.
public enum Answers {
  /// Rolling windows with 5-hour, weekly and monthly shares of Standard Usage.
  public static func limits(
    _ fiveHour: Double, _ weekly: Double, _ monthly: Double, core: Double = 0
  ) -> String {
    """
    {"usesTokenRateLimitsBilling":true,"limits":{
     "standard":{"fiveHour":{"usedPercent":\(fiveHour),"windowEnd":null,"secondsRemaining":5382},
                 "weekly":{"usedPercent":\(weekly),"windowEnd":null,"secondsRemaining":432468},
                 "monthly":{"usedPercent":\(monthly),"windowEnd":null,"secondsRemaining":2419668}},
     "core":{"fiveHour":{"usedPercent":\(core),"windowEnd":null,"secondsRemaining":\(core > 0 ? "9112" : "null")}}},
     "extraUsageBalanceCents":0,"overagePreference":"droidCore","extraUsageAllowed":true}
    """
  }

  public static let notOnRateLimits = #"{"usesTokenRateLimitsBilling":false}"#

  /// A recorded response: 25 % of a Pro allowance.
  public static func tokens(used: Int = 5_000_000) -> String {
    """
    {"usage":{"startDate":1770623326000,"endDate":4102444800000,
     "standard":{"userTokens":0,"orgTotalTokensUsed":\(used),"orgOverageUsed":0,"basicAllowance":20000000,
                 "totalAllowance":20000000,"orgOverageLimit":0,"usedRatio":0.25},
     "premium":{"userTokens":0,"orgTotalTokensUsed":0,"orgOverageUsed":0,"basicAllowance":0,"totalAllowance":0,
                "orgOverageLimit":0,"usedRatio":0}},"source":"cache","cacheUpdated":false}
    """
  }

  public static func profile(organization: String, plan: String) -> String {
    """
    {"organization":{"name":"\(organization)","subscription":{"orbSubscription":{"plan":{"name":"\(plan)"}}}}}
    """
  }
}
