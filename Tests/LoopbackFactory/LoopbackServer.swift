import Foundation
import Synchronization

/// A request as it arrived.
public struct LoopbackRequest: Sendable {
  public var method: String
  public var path: String
  public var query: String
  public var headers: [String: String]
  public var body: String
}

/// A response and its delay.
public struct LoopbackReply: Sendable {
  public var status: Int
  public var body: String
  public var headers: [String: String]
  public var delayMilliseconds: Int
  /// The connection is closed without a response.
  public var hangsUp: Bool
  /// The connection is reset without a response.
  public var resets = false

  public init(
    status: Int = 200, body: String = "{}", headers: [String: String] = [:],
    delayMilliseconds: Int = 0,
    hangsUp: Bool = false
  ) {
    self.status = status
    self.body = body
    self.headers = headers
    self.delayMilliseconds = delayMilliseconds
    self.hangsUp = hangsUp
  }
}

/// A small HTTP/1.1 server on 127.0.0.1 with one thread per connection and keep-alive.
public final class LoopbackServer: Sendable {
  public typealias Handler = @Sendable (LoopbackRequest) -> LoopbackReply

  private let listener: Int32
  public let port: UInt16
  private let handler: Handler
  private let isStopped = Mutex(false)

  public init?(handler: @escaping Handler) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    // Any port that is free.
    address.sin_port = 0
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 256) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else {
      close(descriptor)
      return nil
    }
    listener = descriptor
    port = UInt16(bigEndian: address.sin_port)
    self.handler = handler
    Thread.detachNewThread { [self] in acceptConnections() }
  }

  public var base: String { "http://127.0.0.1:\(port)" }

  public func stop() {
    let wasStopped = isStopped.withLock { stopped in
      defer { stopped = true }
      return stopped
    }
    guard !wasStopped else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func acceptConnections() {
    while true {
      let connection = accept(listener, nil, nil)
      if connection < 0 {
        if errno == EINTR || errno == ECONNABORTED { continue }
        return
      }
      // The programs under test must not inherit it.
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      Thread.detachNewThread { [self] in serve(connection) }
    }
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    var input = LoopbackInput(connection: connection)
    while let request = input.next() {
      let reply = handler(request)
      if reply.delayMilliseconds > 0 { usleep(UInt32(reply.delayMilliseconds) * 1000) }
      if reply.resets {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
          connection, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
      }
      if reply.hangsUp || reply.resets { return }
      guard send(reply, on: connection) else { return }
    }
  }

  private func send(_ reply: LoopbackReply, on connection: Int32) -> Bool {
    var head = "HTTP/1.1 \(reply.status) Scripted\r\nContent-Length: \(reply.body.utf8.count)\r\n"
    for (name, value) in reply.headers { head += "\(name): \(value)\r\n" }
    let bytes = Array((head + "\r\n" + reply.body).utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Foundation.send(
          connection, buffer.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}

/// Requests one after the other from a connection.
private struct LoopbackInput {
  let connection: Int32
  private var buffer: [UInt8] = []

  init(connection: Int32) {
    self.connection = connection
  }

  mutating func next() -> LoopbackRequest? {
    guard let head = head() else { return nil }
    let lines = head.components(separatedBy: "\r\n")
    let words = lines[0].components(separatedBy: " ")
    guard words.count >= 2 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
        in: .whitespaces)
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    while buffer.count < length { guard read() else { return nil } }
    let body = String(decoding: buffer[..<length], as: UTF8.self)
    buffer.removeFirst(length)
    let target = words[1].split(separator: "?", maxSplits: 1).map(String.init)
    return LoopbackRequest(
      method: words[0], path: target.first ?? "/", query: target.count > 1 ? target[1] : "",
      headers: headers,
      body: body)
  }

  private mutating func head() -> String? {
    let end: [UInt8] = [13, 10, 13, 10]
    while true {
      if buffer.count >= 4,
        let index = (0...(buffer.count - 4)).first(where: { Array(buffer[$0..<$0 + 4]) == end })
      {
        let head = String(decoding: buffer[..<index], as: UTF8.self)
        buffer.removeFirst(index + 4)
        return head
      }
      guard read() else { return nil }
    }
  }

  private mutating func read() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = recv(connection, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer += chunk[..<count]
    return true
  }
}
