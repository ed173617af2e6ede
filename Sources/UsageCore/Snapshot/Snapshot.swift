/// What is known of one account: its figures, when they were learned, and what stopped the last attempt to renew them.
public struct Snapshot: Equatable, Sendable {
  /// The figures, and when the service gave them.
  public struct Figures: Equatable, Sendable {
    public var takenAt: Moment
    public var usage: Usage
    public var plan: String?
    public var organization: String?
    public var compute: ComputeHours?
    public var trends: [Trend]
    /// Nil when nobody asked.
    public var local: LocalTokens?

    public init(
      takenAt: Moment, usage: Usage, plan: String? = nil, organization: String? = nil,
      compute: ComputeHours? = nil, trends: [Trend] = [], local: LocalTokens? = nil
    ) {
      self.takenAt = takenAt
      self.usage = usage
      self.plan = plan
      self.organization = organization
      self.compute = compute
      self.trends = trends
      self.local = local
    }
  }

  /// What stopped the last attempt, when it was made, and how many in a row failed.
  public struct Failure: Equatable, Sendable {
    public var problem: Problem
    public var at: Moment
    public var count: Int
    /// No attempt of our own before then.
    public var retryAt: Moment
    /// The service itself asked for no requests until `retryAt`: not even `--force` breaks that.
    public var isSilenceAsked: Bool

    public init(
      problem: Problem, at: Moment, count: Int, retryAt: Moment, isSilenceAsked: Bool = false
    ) {
      self.problem = problem
      self.at = at
      self.count = count
      self.retryAt = retryAt
      self.isSilenceAsked = isSilenceAsked
    }
  }

  /// A digest of who the figures belong to and of the service that gave them; never shown.
  public var account: String
  /// How the login's files looked: a change means that another account may be logged in.
  public var loginStamp: String
  /// Spares a print the search for files that were not there. Nil where it could be deceived.
  public var folderStamp: FolderStamp? {
    get { folder.isEmpty ? nil : FolderStamp(fingerprint: folder, present: present) }
    set {
      folder = newValue?.fingerprint ?? ""
      present = newValue?.present ?? 0
    }
  }

  private var folder = ""
  private var present: UInt8 = 0
  public var figures: Figures?
  public var failure: Failure?

  public init(account: String, loginStamp: String, figures: Figures? = nil, failure: Failure? = nil)
  {
    self.account = account
    self.loginStamp = loginStamp
    self.figures = figures
    self.failure = failure
  }
}
