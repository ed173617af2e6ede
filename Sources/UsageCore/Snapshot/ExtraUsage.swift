/// What an account on rate limits may go on with when Standard Usage is full.
public struct ExtraUsage: Equatable, Sendable {
  /// What the account asked the service to do when Standard Usage is full.
  public enum Preference: Equatable, Sendable {
    case droidCore
    case extraUsage
    case other(String)

    public init(_ word: String) {
      switch word {
      case "droidCore": self = .droidCore
      case "extraUsage": self = .extraUsage
      default: self = .other(word)
      }
    }

    public var word: String {
      switch self {
      case .droidCore: "droidCore"
      case .extraUsage: "extraUsage"
      case .other(let word): word
      }
    }
  }

  /// US cents.
  public let balanceCents: Int64?
  public let isAllowed: Bool?
  public let preference: Preference?

  public init(balanceCents: Int64?, isAllowed: Bool?, preference: Preference?) {
    self.balanceCents = balanceCents
    self.isAllowed = isAllowed
    self.preference = preference
  }

  public var canPay: Bool { isAllowed != false && (balanceCents ?? 0) > 0 }
}

/// Hours on Droid Computers in the billing period.
public struct ComputeHours: Equatable, Sendable {
  public let usedSeconds: Int64
  public let limitSeconds: Int64

  public init(usedSeconds: Int64, limitSeconds: Int64) {
    self.usedSeconds = usedSeconds
    self.limitSeconds = limitSeconds
  }
}
