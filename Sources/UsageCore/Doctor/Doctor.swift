import CLibraries

/// Checks everything that readings depend on. Reveals no secrets and changes nothing except creating our folders.
public struct Doctor {
  /// The result of a check. The raw value is in `doctor --json`.
  public enum Level: String, Sendable {
    case ok
    /// Works, but not as well as it could.
    case warn
    case fail
  }

  /// One line of the output.
  public struct Check: Equatable, Sendable {
    /// What was checked: `libcurl`, `cache folder`.
    public let name: String
    /// `fail` makes the exit status 1.
    public let level: Level
    /// What was found and, for a problem, how to fix it.
    public let finding: String

    /// Not a failure.
    public var isOK: Bool { level != .fail }

    public init(_ name: String, _ level: Level, _ finding: String) {
      self.name = name
      self.level = level
      self.finding = finding
    }

    public init(_ name: String, _ isOK: Bool, _ finding: String) {
      self.init(name, isOK ? .ok : .fail, finding)
    }
  }

  /// How durations and problems are worded; the module above this one does that.
  public struct Wording {
    let duration: (_ seconds: Int64) -> String
    let problem: (_ problem: Problem, _ now: Moment) -> String

    public init(
      duration: @escaping (Int64) -> String, problem: @escaping (Problem, Moment) -> String
    ) {
      self.duration = duration
      self.problem = problem
    }
  }

  private static let longestSkewSeconds: Int64 = 60

  let refresh: UsageRefresh
  let wording: Wording

  /// Checks what `refresh` needs, without starting it.
  public init(_ refresh: UsageRefresh, wording: Wording) {
    self.refresh = refresh
    self.wording = wording
  }

  var places: Places { refresh.places }
  var clock: () -> Moment { refresh.clock }

  /// Runs all checks. May query the keyring, and sends the service one request without a login.
  public func checks() -> [Check] {
    let login = LoginChecks(doctor: self)
    var snapshot = SnapshotFile.load(places.snapshotFile)
    if let failure = snapshot?.failure { snapshot?.failure = failure.corrected(now: clock()) }
    return libraries + folders + login.all
      + [service(snapshot, login.region), usage(snapshot)]
      + organization(snapshot) + backOff(snapshot) + history(snapshot)
  }

  /// `2h ago`.
  func ago(_ moment: Moment) -> String {
    wording.duration(max(0, clock().seconds(since: moment))) + " ago"
  }

  /// The libraries that a refresh loads.
  private var libraries: [Check] {
    var file: UnsafePointer<CChar>?
    func check(
      _ name: String, _ version: UnsafePointer<CChar>?, _ problem: UnsafePointer<CChar>,
      package: String
    ) -> Check {
      guard let version else {
        return Check(name, false, "\(String(cString: problem)): install \(package)")
      }
      let text = String(cString: version).split(separator: " ").prefix(2).joined(separator: " ")
      return Check(name, true, "\(file.map { String(cString: $0) } ?? "?") (\(text))")
    }
    let curl = check(
      "libcurl", curl_library_version(&file), curl_library_problem(), package: "libcurl4")
    let crypto = check(
      "libcrypto", crypto_library_version(&file), crypto_library_problem(), package: "libssl3")
    return [curl, crypto]
  }

  private var folders: [Check] {
    [("cache folder", places.cacheDirectory), ("state folder", places.accountDirectory)].map {
      name, path in
      do throws(FileError) {
        try Path.makePrivateDirectory(path)
        guard access(path, W_OK) == 0 else { throw FileError("write to", path) }
        return Check(name, true, path)
      } catch {
        return Check(name, false, "\(error.sentence): make it writable")
      }
    } + refreshLock
  }

  private var refreshLock: [Check] {
    do throws(FileError) {
      _ = try FileLock.take(places.refreshLock, waitingAtMost: 0)
      return []
    } catch {
      return [Check("refresh lock", false, "\(error.sentence): delete it")]
    }
  }

  private func usage(_ snapshot: Snapshot?) -> Check {
    if let failure = snapshot?.failure {
      let sentence = wording.problem(failure.problem, clock())
      let times = failure.count == 1 ? "" : " (\(failure.count) times in a row)"
      return Check("usage", false, "last refresh failed \(ago(failure.at))\(times): \(sentence)")
    }
    guard let data = snapshot?.data else {
      return Check("usage", false, "not read yet: run 'droidbar refresh'")
    }
    return Check("usage", true, "read \(ago(data.takenAt))")
  }

  private func organization(_ snapshot: Snapshot?) -> [Check] {
    guard let name = snapshot?.data?.organization else { return [] }
    return [Check("organization", true, "\(name): its members share the limits")]
  }

  private func backOff(_ snapshot: Snapshot?) -> [Check] {
    let now = clock()
    guard let failure = snapshot?.failure, failure.retryAt > now else { return [] }
    let wait = wording.duration(failure.retryAt.seconds(since: now))
    let why =
      failure.hasRetryAfter
      ? "requested by the service" : "'droidbar refresh --force' retries now"
    return [Check("back-off", true, "retrying in \(wait): \(why)")]
  }

  private func history(_ snapshot: Snapshot?) -> [Check] {
    guard let account = snapshot?.account, !account.isEmpty else { return [] }
    let samples = HistoryFile(folder: places.accountDirectory, account: account)
      .samples(now: clock())
    guard let oldest = samples.first else { return [Check("history", true, "empty")] }
    let count = samples.count == 1 ? "1 sample" : "\(samples.count) samples"
    return [Check("history", true, "\(count), since \(ago(oldest.takenAt))")]
  }

  /// Whether the service can be reached, how fast, and whether its clock agrees with ours.
  ///
  /// Sends a request without a login, except during a Retry-After.
  private func service(_ snapshot: Snapshot?, _ region: ServiceBases.Region) -> Check {
    let base = refresh.bases.api(region)
    let now = clock()
    if let failure = snapshot?.failure, failure.hasRetryAfter, failure.retryAt > now {
      let wait = wording.duration(failure.retryAt.seconds(since: now))
      return Check("service", true, "\(base) not checked: it requested a pause of \(wait)")
    }
    let request = HTTPRequest(
      url: base + "/", headers: [("User-Agent", Product.userAgent)], timeoutMilliseconds: 5000)
    let response: HTTPResponse
    do throws(TransportError) {
      response = try refresh.transport.perform(request)
    } catch {
      return Check(
        "service", false, "cannot reach \(base): \(error.reason): check network and proxy")
    }
    let reached = "\(base) responds in \((response.seconds * 1000).roundedInteger ?? 0) ms"
    let skewSeconds = response.date.flatMap(DateParser.http).map { clock().seconds(since: $0) } ?? 0
    guard skewSeconds.magnitude > Self.longestSkewSeconds else {
      return Check("service", true, reached)
    }
    let skew = wording.duration(Int64(clamping: skewSeconds.magnitude))
    return Check(
      "service", false,
      "\(reached), but this machine's clock is \(skew) \(skewSeconds > 0 ? "ahead" : "behind"): set the clock"
    )
  }
}
