import Foundation
import LoopbackFactory
import Testing
import UsageCore

@Suite("An unwritable store never loses a login")
struct WriteBackTests {
  @Test("A read-only folder is found before a token is sent", .enabled(if: Sandbox.canBeOrdinary))
  func readOnlyFolder() throws {
    let (service, sandbox) = try expired()
    try sandbox.becomeOrdinary()
    chmod(sandbox.factory, 0o500)
    defer { chmod(sandbox.factory, 0o700) }
    let reading = try sandbox.waybar()
    #expect(reading.alt == "login-unreadable")
    #expect(reading.tooltip.contains("auth.json"))
    #expect(service.requests.isEmpty)
  }

  @Test(
    "A read-only folder does not stop a valid token", .enabled(if: Sandbox.canBeOrdinary)
  )
  func readOnlyButValid() throws {
    let service = try #require(LoopbackFactory())
    service.response(LoopbackFactory.limitsPath, Answers.limits(63, 20, 5))
    let sandbox = try Sandbox(service)
    try sandbox.logIn(service.issue(issuedAt: now() - 6 * 86_400 - 3600, expiresAt: now() + 82_000))
    try sandbox.becomeOrdinary()
    chmod(sandbox.factory, 0o500)
    defer { chmod(sandbox.factory, 0o700) }
    #expect(try sandbox.waybar().percentage == 63)
    #expect(service.count(LoopbackFactory.exchangePath) == 0)
  }

  @Test("Another user's store is never refreshed", .enabled(if: geteuid() == 0))
  func foreignOwner() throws {
    let (service, sandbox) = try expired()
    chown(sandbox.factory + "/auth.json", 65534, 65534)
    #expect(try sandbox.waybar().alt == "login-unreadable")
    #expect(service.requests.isEmpty)
  }

  @Test(
    "If the write fails, the new pair is kept in our state folder and written back later",
    .enabled(if: Sandbox.canBeOrdinary))
  func rescued() throws {
    let (service, sandbox) = try expired()
    try sandbox.becomeOrdinary()
    let (factory, old) = (sandbox.factory, try #require(sandbox.storedRefreshToken))
    service.change { $0.onExchange = { chmod(factory, 0o500) } }
    #expect(try sandbox.waybar().percentage == 63)
    #expect(sandbox.storedRefreshToken == old)
    // It is used from there.
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(service.exchanges == (1, 0, 0))
    let rescued = try #require(sandbox.allFiles().keys.first { $0.hasSuffix("/rescued") })
    var status = stat()
    #expect(stat(sandbox.folder + "/" + rescued, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    // The folder can be written again.
    chmod(factory, 0o700)
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
    #expect(!sandbox.allFiles().keys.contains { $0.hasSuffix("/rescued") })
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test(
    "While a rescued pair is unreadable, nothing is sent or deleted",
    .enabled(if: Sandbox.canBeOrdinary))
  func rescuedButHidden() throws {
    let (service, sandbox) = try expired()
    try sandbox.becomeOrdinary()
    let factory = sandbox.factory
    service.change { $0.onExchange = { chmod(factory, 0o500) } }
    #expect(try sandbox.waybar().percentage == 63)
    let name = try #require(sandbox.allFiles().keys.first { $0.hasSuffix("/rescued") })
    chmod(factory, 0o700)
    chmod(sandbox.folder + "/" + name, 0)
    let refresh = try sandbox.run("refresh", "--force")
    #expect(refresh.status == 77)
    #expect(refresh.errors.contains("/rescued"))
    #expect(service.count(LoopbackFactory.exchangePath) == 1)
    chmod(sandbox.folder + "/" + name, 0o600)
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
  }

  @Test(
    "An expired rescued pair is refreshed in our state folder",
    .enabled(if: Sandbox.canBeOrdinary)
  )
  func rescuedAndExpired() throws {
    let (service, sandbox) = try expired(life: 0)
    try sandbox.becomeOrdinary()
    let factory = sandbox.factory
    service.change { $0.onExchange = { chmod(factory, 0o500) } }
    for _ in 0..<3 { #expect(try sandbox.run("refresh", "--force").status == 0) }
    #expect(service.exchanges == (3, 0, 0))
    service.change { $0.onExchange = nil }
    chmod(factory, 0o700)
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
  }

  @Test(
    "A rescued pair is deleted after a new login with droid", .enabled(if: Sandbox.canBeOrdinary))
  func rescuedButReplaced() throws {
    let (service, sandbox) = try expired()
    try sandbox.becomeOrdinary()
    let factory = sandbox.factory
    service.change { $0.onExchange = { chmod(factory, 0o500) } }
    #expect(try sandbox.waybar().percentage == 63)
    chmod(factory, 0o700)
    let new = service.issue(issuedAt: now(), expiresAt: now() + 7 * 86_400)
    try sandbox.logIn(new)
    sandbox.giveAway()
    #expect(try sandbox.run("refresh", "--force").status == 0)
    #expect(sandbox.storedRefreshToken == new.refresh)
    #expect(!sandbox.allFiles().keys.contains { $0.hasSuffix("/rescued") })
  }

  private static let canMount: Bool = {
    let folder = NSTemporaryDirectory() + "droidbar-mount-" + UUID().uuidString
    guard mkdir(folder, 0o700) == 0 else { return false }
    defer { rmdir(folder) }
    return mount("tmpfs", folder, "tmpfs", 0, "size=16k") == 0
      && umount2(folder, Int32(MNT_DETACH)) == 0
  }()

  @Test("A full disk is detected before the token is sent", .enabled(if: canMount))
  func fullDisk() throws {
    let (service, sandbox) = try expired()
    let login = try #require(sandbox.read(sandbox.factory + "/auth.json"))
    try #require(mount("tmpfs", sandbox.factory, "tmpfs", 0, "size=16k") == 0)
    var isMounted = true
    defer { if isMounted { umount2(sandbox.factory, Int32(MNT_DETACH)) } }
    try sandbox.write(sandbox.factory + "/auth.json", login)
    try sandbox.write(sandbox.factory + "/filler", String(repeating: "x", count: 4096))
    let reading = try sandbox.waybar()
    #expect(reading.alt == "login-unreadable")
    #expect(reading.tooltip.contains("No space left"))
    #expect(service.count(LoopbackFactory.exchangePath) == 0)
    #expect(sandbox.read(sandbox.factory + "/auth.json") == login)
    // A process that another test starts at this moment may hold one of its files for an instant.
    waitUntil { umount(sandbox.factory) == 0 }
    isMounted = false
    #expect(try sandbox.run("refresh", "--force").status == 0)
  }

  @Test("An inaccessible folder is not a logout", .enabled(if: Sandbox.canBeOrdinary))
  func closedFolder() throws {
    let (service, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.becomeOrdinary()
    chmod(sandbox.factory, 0)
    defer { chmod(sandbox.factory, 0o700) }
    let reading = try sandbox.waybar()
    #expect(reading.alt == "login-unreadable")
    #expect(reading.tooltip.contains(sandbox.factory))
    #expect(service.requests.isEmpty)
  }

  @Test(
    "With a read-only cache, the stale reading stays, and the tooltip says what to fix",
    .enabled(if: Sandbox.canBeOrdinary))
  func readOnlyCache() throws {
    let (_, sandbox) = try loggedIn(limits: Answers.limits(63, 20, 5))
    try sandbox.becomeOrdinary()
    #expect(try sandbox.run("refresh").status == 0)
    chmod(sandbox.cache, 0o500)
    defer { chmod(sandbox.cache, 0o700) }
    let reading = try sandbox.waybar("--ttl", "0")
    #expect(reading.percentage == 63)
    #expect(reading.classes == ["ok", "stale", "config"])
    #expect(reading.tooltip.contains(sandbox.cache))
  }

  @Test("An encrypted store is written in a format that droid can decrypt")
  func encryptedStore() throws {
    let (service, sandbox) = try expired()
    let plain = try #require(sandbox.read(sandbox.factory + "/auth.json"))
    unlink(sandbox.factory + "/auth.json")
    let key = try #require(EncryptionKey((0..<32).map { UInt8($0) }))
    try sandbox.write(
      sandbox.factory + "/auth.v2.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")
    try sandbox.write(
      sandbox.factory + "/auth.v2.file", try Envelope.seal(Array(plain.utf8), key: key))
    #expect(try sandbox.waybar().percentage == 63)
    let sealed = try #require(sandbox.read(sandbox.factory + "/auth.v2.file"))
    #expect(sealed.split(separator: ":").map(\.count).prefix(2) == [24, 24])
    let login = try #require(LoginDocument(try Envelope.open(sealed, key: key)))
    #expect(service.isLive(refresh: try #require(login.refreshToken)))
    #expect(service.isAccepted(access: login.accessToken))
    #expect(service.exchanges == (1, 0, 0))
  }

  @Test("A symbolic link is kept, and its target is replaced")
  func link() throws {
    let (service, sandbox) = try expired()
    let target = sandbox.folder + "/elsewhere/login"
    try sandbox.write(target, try #require(sandbox.read(sandbox.factory + "/auth.json")))
    unlink(sandbox.factory + "/auth.json")
    symlink(target, sandbox.factory + "/auth.json")
    #expect(try sandbox.run("refresh").status == 0)
    var status = stat()
    #expect(lstat(sandbox.factory + "/auth.json", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    #expect(service.isLive(refresh: try #require(sandbox.storedRefreshToken)))
  }

  @Test("The same token is sent again after repeated service failures")
  func passingFailure() throws {
    let (service, sandbox) = try expired()
    service.change {
      $0.onceOnly[LoopbackFactory.exchangePath] = [
        LoopbackReply(status: 503), LoopbackReply(hangsUp: true),
      ]
    }
    #expect(try sandbox.run("refresh").status == 0)
    #expect(service.exchanges == (1, 0, 0))
    #expect(service.count(LoopbackFactory.exchangePath) == 3)
  }

  @Test("An unreachable login service leaves the login as it was")
  func unreachable() throws {
    let (service, sandbox) = try expired()
    let before = sandbox.read(sandbox.factory + "/auth.json")
    sandbox.environment["FACTORY_WORKOS_BASE_URL"] = "http://127.0.0.1:9"
    #expect(try sandbox.waybar().alt == "offline")
    #expect(sandbox.read(sandbox.factory + "/auth.json") == before)
    #expect(!sandbox.allFiles().keys.contains { $0.hasSuffix("/sent") })
    sandbox.environment["FACTORY_WORKOS_BASE_URL"] = service.base
    #expect(try sandbox.run("refresh", "--force").status == 0)
  }
}
