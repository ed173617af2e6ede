/// Whether the service can be reached, how fast, and whether its clock and ours agree.
struct ServiceCheck {
  private static let timeoutMilliseconds = 5000
  /// Countdowns and the life of a login are told by the clock: a minute off is still told rightly.
  private static let mostSkewSeconds: Int64 = 60

  let doctor: Doctor
  let region: ServiceBases.Region

  /// Asks without a login, and not while the service wants silence.
  func check(_ snapshot: Snapshot?) -> Doctor.Check {
    let base = doctor.bases.api(region)
    let now = doctor.clock()
    if let failure = snapshot?.failure, failure.isSilenceAsked, failure.retryAt > now {
      let wait = doctor.words.duration(failure.retryAt.seconds(since: now))
      return Doctor.Check("service", true, "\(base) asked for a pause, not asked for \(wait)")
    }
    let request = HTTPRequest(
      method: .get, url: base + "/", headers: [("User-Agent", Product.userAgent)],
      timeoutMilliseconds: Self.timeoutMilliseconds)
    do throws(TransportProblem) {
      let answer = try doctor.transport.perform(request)
      let reached = "\(base) answers in \(Int((answer.seconds * 1000).rounded())) ms"
      guard let date = answer.date.flatMap(Timestamp.http) else {
        return Doctor.Check("service", true, reached)
      }
      return clockCheck(reached, skew: doctor.clock().seconds(since: date))
    } catch {
      return Doctor.Check(
        "service", false, "\(base) cannot be reached: \(error.reason): check the network and proxy")
    }
  }

  private func clockCheck(_ reached: String, skew: Int64) -> Doctor.Check {
    guard skew.magnitude > Self.mostSkewSeconds else {
      return Doctor.Check("service", true, "\(reached), clocks agree")
    }
    let off = doctor.words.duration(skew > 0 ? skew : 0 - max(skew, -.max))
    return Doctor.Check(
      "service", false,
      "\(reached), but this machine's clock is \(off) \(skew > 0 ? "ahead" : "behind"): set it")
  }
}
