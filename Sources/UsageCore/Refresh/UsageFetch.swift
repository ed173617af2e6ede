/// Reads an account's usage and stores it: first what bars wait for, then the optional parts.
extension RefreshAttempt {
  /// Bars already have their data, so the optional requests do not wait long.
  private static let optionalTimeoutMilliseconds = 5000

  func fetch(_ bearer: Bearer, _ cached: AccountMetadata) throws(RefreshError)
    -> UsageRefresh.Outcome
  {
    var known = cached
    known.account = account
    let earlier = snapshot?.data
    let service = FactoryService(
      transport: refresh.transport, bases: refresh.bases,
      bearer: known.whoami.map { bearer.identified(by: $0) } ?? bearer, clock: refresh.clock)
    var reader = UsageRequest(service: service, now: now, metadata: known)
    let usage: Usage
    do throws(ServiceError) {
      usage = try reader.read()
    } catch {
      if reader.metadata != known { try? reader.metadata.store(at: refresh.metadataFile) }
      throw .service(error)
    }
    var metadata = reader.metadata
    var data = Snapshot.UsageData(
      takenAt: refresh.clock(), usage: usage, compute: earlier?.compute, local: earlier?.local)
    data.utcOffset = UTCOffset(
      zone: TimeZoneStamp.of(refresh.environment), around: data.takenAt)
    addNames(to: &data, metadata)
    addTrends(to: &data, after: earlier)
    try store(data)

    let required = data
    if request.readsSessions {
      data.local = LocalSessions(places: refresh.places, environment: refresh.environment)
        .today(now: data.takenAt)
    }
    readCompute(service, &data, &metadata)
    readProfile(service, &metadata)
    addNames(to: &data, metadata)
    if data != required { try store(data) }
    if metadata != known { try? metadata.store(at: refresh.metadataFile) }
    return .fetched(data)
  }

  private func store(_ data: Snapshot.UsageData) throws(RefreshError) {
    do throws(FileError) {
      try refresh.store(Snapshot(account: account, loginStamp: stamp, data: data))
    } catch {
      throw .file(error)
    }
  }

  private func addTrends(
    to data: inout Snapshot.UsageData, after earlier: Snapshot.UsageData?
  ) {
    let sample = Sample(data, utcOffset: LocalTime.utcOffset(at: data.takenAt))
    let folder = refresh.places.accountDirectory
    let samples = HistoryFile(folder: folder, account: account).samples(adding: sample)
    data.trends = Trends.of(
      data, samples: samples, earlier: earlier, utcOffset: LocalTime.utcOffset)
    let before = ForecastRecord.load(folder: folder, account: account)
    var record = before
    record.note(data)
    if record != before { try? record.store(folder: folder, account: account) }
  }

  private func addNames(to data: inout Snapshot.UsageData, _ metadata: AccountMetadata) {
    data.plan = TokenUsageResponse.plan(data.usage) ?? metadata.planType ?? metadata.plan
    data.organization = metadata.organization
  }

  /// Some plans get 403, which is remembered for a day.
  private func readCompute(
    _ service: FactoryService, _ data: inout Snapshot.UsageData, _ metadata: inout AccountMetadata
  ) {
    guard !AccountMetadata.isCurrent(metadata.computeRefusedAt, now: now) else { return }
    do throws(ServiceError) {
      let response = try service.get(
        ComputeResponse.path, timeoutMilliseconds: Self.optionalTimeoutMilliseconds)
      data.compute = ComputeResponse.hours(response)
      metadata.computeRefusedAt = nil
    } catch .forbidden, .notOffered {
      data.compute = nil
      metadata.computeRefusedAt = now
    } catch {}
  }

  private func readProfile(_ service: FactoryService, _ metadata: inout AccountMetadata) {
    guard !AccountMetadata.isCurrent(metadata.profileReadAt, now: now) else { return }
    metadata.profileReadAt = now
    guard
      let response = try? service.get(
        ProfileResponse.path, timeoutMilliseconds: Self.optionalTimeoutMilliseconds)
    else { return }
    let profile = ProfileResponse(response)
    metadata.plan = profile.plan
    metadata.organization = profile.organization
  }
}
