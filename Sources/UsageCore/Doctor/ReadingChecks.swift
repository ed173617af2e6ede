/// What is kept between readings.
struct ReadingChecks {
  let doctor: Doctor

  func all(_ snapshot: Snapshot?) -> [Doctor.Check] {
    [reading(snapshot)] + pause(snapshot) + history(snapshot)
  }

  private func reading(_ snapshot: Snapshot?) -> Doctor.Check {
    if let failure = snapshot?.failure {
      let sentence = doctor.words.problem(failure.problem, doctor.clock())
      let times = failure.count == 1 ? "" : " (\(failure.count) times in a row)"
      return Doctor.Check(
        "reading", false, "last attempt \(doctor.ago(failure.at))\(times): \(sentence)")
    }
    guard let figures = snapshot?.figures else {
      return Doctor.Check("reading", false, "none yet: run 'droidbar refresh'")
    }
    return Doctor.Check("reading", true, "taken \(doctor.ago(figures.takenAt))")
  }

  private func pause(_ snapshot: Snapshot?) -> [Doctor.Check] {
    let now = doctor.clock()
    guard let failure = snapshot?.failure, failure.retryAt > now else { return [] }
    let wait = doctor.words.duration(failure.retryAt.seconds(since: now))
    let why =
      failure.isSilenceAsked ? "the service asked for it" : "'droidbar refresh --force' breaks it"
    return [Doctor.Check("back-off", true, "next attempt in \(wait): \(why)")]
  }

  private func history(_ snapshot: Snapshot?) -> [Doctor.Check] {
    guard let account = snapshot?.account, !account.isEmpty else { return [] }
    let extent = History(places: doctor.places, account: account).extent(now: doctor.clock())
    guard let oldest = extent.oldest else { return [Doctor.Check("history", true, "none yet")] }
    return [
      Doctor.Check(
        "history", true,
        "\(extent.samples) \(extent.samples == 1 ? "sample" : "samples"), the first \(doctor.ago(oldest))"
      )
    ]
  }
}
