/// Asks for an account's figures and keeps them: first what a bar waits for, then what is nice to know.
struct FigureFetch {
  let refresh: UsageRefresh
  let account: String
  let loginStamp: String
  let now: Moment
  let readsSessions: Bool
  /// What was known of the account before.
  let earlier: Snapshot.Figures?

  private var learntFile: String { refresh.places.accountDirectory + "/learnt" }

  func run(_ bearer: Bearer) throws -> UsageRefresh.Outcome {
    let service = FactoryService(
      transport: refresh.transport, bases: refresh.bases, bearer: bearer, clock: refresh.clock)
    let known = LearntFile.load(learntFile, account: account)
    var asking = UsageRequest(service: service, now: now, learnt: known)
    let usage: Usage
    do {
      usage = try asking.read()
    } catch {
      if asking.learnt != known { try? LearntFile.store(asking.learnt, at: learntFile) }
      throw error
    }
    var figures = Snapshot.Figures(
      takenAt: refresh.clock(), usage: usage, compute: earlier?.compute, local: earlier?.local)
    name(&figures, asking.learnt)
    figures.trends = History(places: refresh.places, account: account).trends(adding: figures)
    try store(figures)

    // A bar that waits has its figures now; the extras may take their time.
    let withoutExtras = figures
    if readsSessions {
      figures.local = LocalSessions(places: refresh.places, environment: refresh.environment)
        .today(now: figures.takenAt)
    }
    var extras = ExtraRequests(service: service, now: now, learnt: asking.learnt)
    extras.read(&figures)
    name(&figures, extras.learnt)
    if figures != withoutExtras { try store(figures) }
    if extras.learnt != known { try LearntFile.store(extras.learnt, at: learntFile) }
    return .fetched(figures)
  }

  private func store(_ figures: Snapshot.Figures) throws(FileProblem) {
    try refresh.store(Snapshot(account: account, loginStamp: loginStamp, figures: figures))
  }

  private func name(_ figures: inout Snapshot.Figures, _ learnt: Learnt) {
    figures.plan = TokenUsageAnswer.plan(figures.usage) ?? learnt.plan
    figures.organization = learnt.organization
  }
}
