/// `GET /api/cli/whoami`: the user, organization and region that a bearer belongs to.
struct Whoami: Equatable {
  static let path = "/api/cli/whoami"
  static let header = (name: "X-Factory-Whoami-Extended", value: "true")

  let userID: String?
  let organizationID: String?
  let region: ServiceBases.Region

}

extension Whoami {
  /// Nil when the response names neither a user nor an organization.
  init?(_ response: JSONValue) {
    userID = response["userId"]?.visibleASCII
    organizationID = response["orgId"]?.visibleASCII
    region = ServiceBases.Region(name: response["region"]?.string)
    guard userID != nil || organizationID != nil else { return nil }
  }

  /// Asks the global service, which knows the accounts of every region.
  static func ask(
    for bearer: Bearer, transport: any Transport, bases: ServiceBases, clock: @escaping () -> Moment
  ) throws(ServiceError) -> Whoami {
    let service = FactoryService(
      transport: transport, bases: bases, bearer: Bearer(token: bearer.token, region: .global),
      clock: clock)
    let response = try service.get(path, headers: [header])
    guard let whoami = Whoami(response) else { throw .invalidResponse(endpoint: path) }
    return whoami
  }
}
