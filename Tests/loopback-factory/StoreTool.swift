import Foundation
import LoopbackFactory
import UsageCore

/// Makes stores as droid has them, for scripts.
enum StoreTool {
  struct BadArguments: Error {}

  /// Returns false when the arguments are for another task.
  static func run(_ arguments: [String]) throws -> Bool {
    guard arguments.count == 3, let key = EncryptionKey(Array(arguments[2].utf8)) else {
      return false
    }
    let content = try Data(contentsOf: URL(fileURLWithPath: arguments[1]))
    switch arguments[0] {
    case "--seal":
      print(try Envelope.seal(Array(content), key: key), terminator: "")
    case "--expire":
      let plain = try Envelope.open(String(decoding: content, as: UTF8.self), key: key)
      guard let login = LoginDocument(plain), let refresh = login.refreshToken,
        let expired = login.replacing(
          TokenPair(
            accessToken: TestToken.make(issuedAt: 1_700_000_000, expiresAt: 1_700_000_001),
            refreshToken: refresh))
      else { throw BadArguments() }
      try Data(try Envelope.seal(expired.bytes, key: key).utf8).write(
        to: URL(fileURLWithPath: arguments[1]))
    default: return false
    }
    return true
  }
}
