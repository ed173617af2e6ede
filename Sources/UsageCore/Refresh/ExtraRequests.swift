/// What is nice to know besides the figures. Whatever goes wrong here is left for another time.
struct ExtraRequests {
  static let timeoutMilliseconds = 5000

  let service: FactoryService
  let now: Moment
  var learnt: Learnt

  mutating func read(_ figures: inout Snapshot.Figures) {
    if !Learnt.holds(since: learnt.computeRefusedAt, now: now) { readCompute(&figures) }
    if !Learnt.holds(since: learnt.profileReadAt, now: now) { readProfile() }
  }

  private mutating func readCompute(_ figures: inout Snapshot.Figures) {
    do throws(ServiceProblem) {
      let answer = try service.get(
        ComputeAnswer.path, timeoutMilliseconds: Self.timeoutMilliseconds)
      figures.compute = ComputeAnswer.hours(answer)
      learnt.computeRefusedAt = nil
    } catch {
      switch error {
      // Not in this plan: asked again tomorrow.
      case .forbidden, .notOffered:
        figures.compute = nil
        learnt.computeRefusedAt = now
      default: break
      }
    }
  }

  private mutating func readProfile() {
    learnt.profileReadAt = now
    guard
      let answer = try? service.get(
        ProfileAnswer.path, timeoutMilliseconds: Self.timeoutMilliseconds)
    else {
      return
    }
    let profile = ProfileAnswer(answer)
    learnt.plan = profile.plan
    learnt.organization = profile.organization
  }
}
