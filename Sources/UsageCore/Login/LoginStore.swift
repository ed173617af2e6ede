/// One store as it was found: what it is, when it was written, and what it holds.
public struct LoginStore: Sendable {
  public enum Content: Sendable {
    case login(LoginDocument, Sealing)
    /// A sentence without its full stop.
    case unreadable(reason: String)
  }

  /// How the document is wrapped, and so how a new one is written.
  public enum Sealing: Sendable {
    case none
    case envelope(EncryptionKey)
  }

  public let kind: LoginStoreKind
  /// The file itself: symbolic links are followed, so that a write replaces their target and keeps them.
  public let path: String
  public let modified: Modified
  public let mode: UInt32
  public let owner: UInt32
  public let content: Content

  /// When a file was written, as exactly as the file system knows.
  public struct Modified: Comparable, Sendable {
    let seconds: Int
    let nanoseconds: Int

    public static func < (left: Modified, right: Modified) -> Bool {
      (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
  }

  public var document: LoginDocument? {
    guard case .login(let document, _) = content else { return nil }
    return document
  }

  /// Puts a document in place: what was there before, or what is there now, never a part.
  func replace(with document: LoginDocument) -> Bool {
    guard let content = fileContent(document), let file = try? PrivateFile(replacing: path) else {
      return false
    }
    return (try? file.commit(content, durably: true)) != nil
  }

  /// The bytes a file of this store has for a document.
  private func fileContent(_ document: LoginDocument) -> [UInt8]? {
    guard case .login(_, let sealing) = content, let plain = document.bytes else { return nil }
    switch sealing {
    case .none: return plain
    case .envelope(let key): return (try? Envelope.seal(plain, key: key)).map { Array($0.utf8) }
    }
  }
}
