import Foundation
import LoopbackFactory

/// The loopback service as a program, for scripts and for trying droidbar by hand.
///
///     loopback-factory FOLDER [--life SECONDS] [--expired]
///
/// Makes FOLDER/home with a login in it, prints the service's address, and answers from FOLDER/answers: the file
/// `limits`, `tokens`, `profile` or `compute` is the body of that request, `limits.status` and so on its status and
/// headers ("429 Retry-After: 60"). Files are read at each request. FOLDER/requests is the request log.
///
///     loopback-factory --seal FILE KEY      prints a plain login as droid's envelope
///     loopback-factory --expire FILE KEY    gives the login in an envelope an expired access token
@main
struct Main {
  static let names = [
    LoopbackFactory.limitsPath: "limits", LoopbackFactory.tokensPath: "tokens",
    LoopbackFactory.profilePath: "profile",
    LoopbackFactory.computePath: "compute",
  ]

  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if try StoreTool.run(arguments) { return }
    guard let folder = arguments.first, let service = LoopbackFactory() else {
      FileHandle.standardError.write(
        Data("usage: loopback-factory FOLDER [--life SECONDS] [--expired]\n".utf8))
      exit(64)
    }
    let answers = folder + "/answers"
    let log = folder + "/requests"
    try FileManager.default.createDirectory(atPath: answers, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: folder + "/home/.factory", withIntermediateDirectories: true)
    if !FileManager.default.fileExists(atPath: answers + "/limits") {
      try Answers.limits(63, 20, 5).write(
        toFile: answers + "/limits", atomically: true, encoding: .utf8)
    }
    let life = arguments.firstIndex(of: "--life").flatMap {
      $0 + 1 < arguments.count ? Int(arguments[$0 + 1]) : nil
    }
    service.change { script in
      script.onExchange = { append(LoopbackFactory.exchangePath, to: log) }
      if let life { script.lifeSeconds = life }
      script.lookUp = { path in
        append(path, to: log)
        return names[path].flatMap { reply(answers + "/" + $0) }
      }
    }
    let now = Int(Date().timeIntervalSince1970)
    let pair =
      arguments.contains("--expired")
      ? service.issue(issuedAt: now - 8 * 86_400, expiresAt: now - 86_400)
      : service.issue(issuedAt: now, expiresAt: now + (life ?? 7 * 86_400))
    let login = #"{"access_token":"\#(pair.access)","refresh_token":"\#(pair.refresh)"}"#
    let path = folder + "/home/.factory/auth.json"
    try login.write(toFile: path, atomically: true, encoding: .utf8)
    chmod(path, 0o600)
    FileHandle.standardOutput.write(Data((service.base + "\n").utf8))
    while true { sleep(3600) }
  }

  private static func reply(_ file: String) -> LoopbackReply? {
    guard let body = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    let line = (try? String(contentsOfFile: file + ".status", encoding: .utf8)) ?? "200"
    let words = line.trimmingCharacters(in: .whitespacesAndNewlines).split(
      separator: " ", maxSplits: 1)
    var reply = LoopbackReply(status: words.first.flatMap { Int($0) } ?? 200, body: body)
    if words.count > 1 {
      let header = words[1].split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if header.count == 2 { reply.headers[header[0]] = header[1] }
    }
    return reply
  }

  private static func append(_ line: String, to log: String) {
    let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard descriptor >= 0 else { return }
    _ = Array((line + "\n").utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }
}
