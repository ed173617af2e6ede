import BarOutput
import CLibraries
import UsageCore

/// `droidbar refresh`: fetches the usage if the cache is out of date. Readings start it too.
struct RefreshCommand {
  /// sysexits.h: EX_TEMPFAIL and EX_NOPERM.
  static let temporaryFailureStatus: Int32 = 75
  static let noLoginStatus: Int32 = 77

  let invocation: Invocation

  private var context: Context { invocation.context }

  func run(isForced: Bool) throws(ConfigurationError) -> Outcome {
    let settings = invocation.settings
    guard let places = context.places else { throw .environment(sentence: "HOME is not set") }
    platform_keep_memory_private()
    libc_ignore_signal(SIGPIPE)
    let refresh = UsageRefresh(
      places: places, environment: context.environment,
      bases: try context.serviceBases(),
      transport: CurlTransport(environment: context.environment), clock: context.clock)
    do throws(FileError) {
      let before = SnapshotFile.load(places.snapshotFile)
      let result = try refresh.run(
        .init(
          ttlSeconds: settings.ttlSeconds, isForced: isForced,
          refreshesLogin: settings.refreshesLogin,
          readsSessions: settings.presentation.showsLocalTokens))
      let after = SnapshotFile.load(places.snapshotFile)
      if Self.isDifferent(after, from: before) { invocation.signalHosts() }
      let notifies = settings.sendsNotifications || !settings.notifyCommand.isEmpty
      if notifies, case .fetched = result, let after {
        NotificationDelivery(invocation: invocation, places: places).send(after)
      }
      return outcome(result)
    } catch {
      return .failure(
        "Cannot store the usage: \(error.sentence).", status: Self.temporaryFailureStatus)
    }
  }

  /// Whether bars would show something else. Times alone do not count.
  static func isDifferent(_ snapshot: Snapshot?, from before: Snapshot?) -> Bool {
    func withoutTimes(_ snapshot: Snapshot?) -> Snapshot? {
      var snapshot = snapshot
      snapshot?.data?.takenAt = Moment(seconds: 0)
      snapshot?.data?.trends = []
      snapshot?.data?.local = nil
      snapshot?.data?.utcOffset = nil
      snapshot?.failure?.at = Moment(seconds: 0)
      snapshot?.failure?.retryAt = Moment(seconds: 0)
      snapshot?.failure?.count = 0
      return snapshot
    }
    return withoutTimes(snapshot) != withoutTimes(before)
  }

  private func outcome(_ result: UsageRefresh.Outcome) -> Outcome {
    switch result {
    case .fetched: Outcome(output: "Fetched.\n")
    case .alreadyFresh(let data): Outcome(output: "Already fresh (\(age(data)) old).\n")
    case .failed(let problem), .mustWait(let problem, _):
      .failure(
        ProblemText.sentence(problem, now: context.clock(), droidHome: context.droidHome),
        status: status(problem))
    }
  }

  private func age(_ data: Snapshot.UsageData) -> String {
    Format.duration(max(0, context.clock().seconds(since: data.takenAt)))
  }

  private func status(_ problem: Problem) -> Int32 {
    switch problem.kind {
    case .loggedOut, .loginUnreadable, .forbidden: Self.noLoginStatus
    case .loading, .offline, .rateLimited, .serviceError, .config: Self.temporaryFailureStatus
    }
  }
}
