/// Looks at everything a reading depends on, and never says a secret. Changes nothing but that the folders are there.
public struct Doctor {
  public struct Check: Equatable, Sendable {
    public let name: String
    public let isWell: Bool
    /// What was found and, when it is not well, what to do.
    public let finding: String

    public init(_ name: String, _ isWell: Bool, _ finding: String) {
      self.name = name
      self.isWell = isWell
      self.finding = finding
    }
  }

  let places: Places
  let environment: Environment
  let bases: ServiceBases
  let transport: any Transport
  let clock: () -> Moment
  let words: Words

  /// How times and problems are told: words are not this module's business.
  public struct Words {
    let duration: (_ seconds: Int64) -> String
    let problem: (_ problem: Problem, _ now: Moment) -> String

    public init(
      duration: @escaping (Int64) -> String, problem: @escaping (Problem, Moment) -> String
    ) {
      self.duration = duration
      self.problem = problem
    }
  }

  public init(
    places: Places, environment: Environment, bases: ServiceBases, transport: any Transport,
    clock: @escaping () -> Moment, words: Words
  ) {
    self.places = places
    self.environment = environment
    self.bases = bases
    self.transport = transport
    self.clock = clock
    self.words = words
  }

  public func checks() -> [Check] {
    let login = LoginChecks(doctor: self)
    let snapshot = SnapshotFile.load(places.snapshotFile)
    return LibraryChecks.all + FolderChecks(places: places).all + login.all
      + [ServiceCheck(doctor: self, region: login.region).check(snapshot)]
      + ReadingChecks(doctor: self).all(snapshot)
  }

  /// `2h ago`.
  func ago(_ moment: Moment) -> String {
    words.duration(max(0, clock().seconds(since: moment))) + " ago"
  }
}
