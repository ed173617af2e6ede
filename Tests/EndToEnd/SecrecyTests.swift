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
    service.change { $0.replies[LoopbackFactory.limitsPath]?.delayMilliseconds = 500 }
    let secret = try #require(sandbox.storedAccessToken)
    try sandbox.becomeOrdinary()
    let refresh = try sandbox.start(["refresh"])
    waitUntil { !service.requests.isEmpty }
    let limits = try String(contentsOfFile: "/proc/\(refresh.pid)/limits", encoding: .utf8)
    #expect(limits.contains(/Max core file size +0 +0/))
    var status = stat()
    #expect(stat("/proc/\(refresh.pid)/environ", &status) == 0)
    #expect(status.st_uid == 0)
    let arguments = try String(contentsOfFile: "/proc/\(refresh.pid)/cmdline", encoding: .utf8)
    #expect(!arguments.contains(secret))
    #expect(refresh.finish().status == 0)
  }

  @Test("No secret appears in our files or the output")
  func secrets() throws {
    let (_, sandbox) = try expired()
    let old = (try #require(sandbox.storedAccessToken), try #require(sandbox.storedRefreshToken))
    let outputs = try [
      sandbox.run("waybar"), sandbox.run("refresh", "--force"), sandbox.run("doctor"),
      sandbox.run("status"),
      sandbox.run("json"),
    ]
    let new = (try #require(sandbox.storedAccessToken), try #require(sandbox.storedRefreshToken))
    #expect(new != old)
    let secrets = [old.0, old.1, new.0, new.1]
    var seen = sandbox.allFiles().filter { !$0.key.hasPrefix(".factory/") }.map(\.value)
    seen += outputs.map { $0.output + $0.errors }
    for (number, secret) in secrets.enumerated() {
      let leaks = seen.filter { $0.contains(secret) }.count
      #expect(leaks == 0, "secret number \(number) was found")
    }
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
