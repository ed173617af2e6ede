import Foundation
import LoopbackFactory
import Testing

@Suite("Protection of secrets")
struct SecrecyTests {
  @Test(
    "A refresh allows no core file and no ptrace, and has no secret in its arguments",
    .enabled(if: Sandbox.canBeOrdinary))
  func process() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    service.change { $0.replies[LoopbackFactory.limitsPath]?.delayMilliseconds = 1500 }
    let secret = try #require(sandbox.storedAccessToken)
    try sandbox.becomeOrdinary()
    let refresh = try sandbox.start(["refresh"])
    for _ in 0..<500 where service.requests.isEmpty { usleep(2000) }
    let limits = try String(contentsOfFile: "/proc/\(refresh.pid)/limits", encoding: .utf8)
    #expect(limits.contains(/Max core file size +0 +0/))
    var status = stat()
    #expect(stat("/proc/\(refresh.pid)/environ", &status) == 0)
    #expect(status.st_uid == 0)
    let arguments = try String(contentsOfFile: "/proc/\(refresh.pid)/cmdline", encoding: .utf8)
    #expect(!arguments.contains(secret))
    #expect(refresh.finish().status == 0)
  }

  @Test("Redirects are not followed, so that a token never reaches another host")
  func redirect() throws {
    let (service, sandbox) = try loggedIn()
    let other = try #require(LoopbackFactory())
    service.response(
      LoopbackFactory.limitsPath, "", status: 302, headers: ["Location": other.base + "/stolen"])
    #expect(try sandbox.waybar().alt == "service-error")
    #expect(other.requests.isEmpty)
  }

  @Test("doctor reports a login that other users can read")
  func readableLogin() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    chmod(sandbox.factory + "/auth.json", 0o644)
    let doctor = try sandbox.run("doctor")
    #expect(doctor.status == 1)
    #expect(doctor.output.contains("chmod 600"))
  }
}
