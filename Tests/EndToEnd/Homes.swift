import Foundation
import LoopbackFactory
import Testing

func now() -> Int { Int(Date().timeIntervalSince1970) }

/// A service with a logged-in home. `extra` are further fields of the login.
func loggedIn(limits: String? = nil, extra: String = "") throws -> (LoopbackFactory, Sandbox) {
  let service = try #require(LoopbackFactory())
  let sandbox = try Sandbox(service)
  try sandbox.logIn(service.issue(issuedAt: now(), expiresAt: now() + 7 * 86_400), extra: extra)
  if let limits { service.response(LoopbackFactory.limitsPath, limits) }
  return (service, sandbox)
}

/// A service with a home whose login has expired. Refreshed tokens expire after `life` seconds.
func expired(life: Int = 7 * 86_400, extra: String = "") throws -> (LoopbackFactory, Sandbox) {
  let service = try #require(LoopbackFactory())
  service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
  service.change { $0.lifeSeconds = life }
  let sandbox = try Sandbox(service)
  try sandbox.logIn(
    service.issue(issuedAt: now() - 8 * 86_400, expiresAt: now() - 86_400), extra: extra)
  return (service, sandbox)
}
