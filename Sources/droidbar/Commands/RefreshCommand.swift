import BarOutput
import CLibraries
import UsageCore

/// `droidbar refresh`: fetch when due. Runs by hand, and as the process that every due reading starts.
struct RefreshCommand {
  static let notNow: Int32 = 75
  static let noLogin: Int32 = 77

  let world: World
  let settings: Settings

  func run(isForced: Bool) throws(SettingFailure) -> Outcome {
    guard let places = world.places else {
      throw .environment(sentence: "HOME is not set")
    }
    // From here on the process may hold a login.
    platform_keep_memory_private()
    signal(SIGPIPE, SIG_IGN)
    let refresh = UsageRefresh(
      places: places, environment: world.environment,
      bases: try ReadingSource.bases(world.environment),
      transport: CurlTransport(environment: world.environment), clock: world.clock)
    do throws(FileProblem) {
      let before = SnapshotFile.load(places.snapshotFile)
      let result = try refresh.run(
        .init(
          ttlSeconds: settings.ttlSeconds, isForced: isForced,
          mayRenewLogin: settings.mayRenewLogin,
          readsSessions: settings.presentation.showsLocalTokens))
      let after = SnapshotFile.load(places.snapshotFile)
      if saysAnotherThing(after, than: before) {
        HostNotice(environment: world.environment).send(settings.notifiedHosts)
      }
      if case .fetched = result, let after, settings.sendsNotices { notify(after, places) }
      return outcome(result)
    } catch {
      return .failure("The reading cannot be kept: \(error.sentence).", status: Self.notNow)
    }
  }

  private func notify(_ snapshot: Snapshot, _ places: Places) {
    DesktopNotice(
      places: places, environment: world.environment, presentation: settings.presentation,
      now: world.clock()
    ).send(of: snapshot)
  }

  /// The time at which the same figures were read again is no news.
  private func saysAnotherThing(_ snapshot: Snapshot?, than before: Snapshot?) -> Bool {
    func news(_ snapshot: Snapshot?) -> Snapshot? {
      var news = snapshot
      news?.figures?.takenAt = Moment(seconds: 0)
      news?.figures?.trends = []
      news?.figures?.local = nil
      news?.failure?.at = Moment(seconds: 0)
      news?.failure?.retryAt = Moment(seconds: 0)
      news?.failure?.count = 0
      return news
    }
    return news(snapshot) != news(before)
  }

  private func outcome(_ result: UsageRefresh.Outcome) -> Outcome {
    switch result {
    case .fetched: Outcome(output: "Fetched.\n")
    case .alreadyFresh(let figures):
      Outcome(output: "Still fresh: \(age(figures)) old.\n")
    case .failed(let problem), .mustWait(let problem, _):
      .failure(ProblemWords.sentence(problem, now: world.clock()), status: status(problem))
    }
  }

  private func age(_ figures: Snapshot.Figures) -> String {
    Words.duration(max(0, world.clock().seconds(since: figures.takenAt)))
  }

  private func status(_ problem: Problem) -> Int32 {
    switch problem.kind {
    case .loggedOut, .loginUnreadable, .forbidden: Self.noLogin
    case .loading, .offline, .rateLimited, .serviceError, .config: Self.notNow
    }
  }
}
