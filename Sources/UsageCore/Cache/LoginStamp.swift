/// How droid's login files look from outside: one `stat` each, none is opened.
public enum LoginStamp {
  /// The names that may hold a login, by their place in `FolderStamp.present`.
  private static let count = 6
  private static let all: UInt8 = 1 << count - 1

  private static func name(_ place: Int) -> String {
    switch place {
    case 0: LoginStoreKind.file.rawValue
    case 1: LoginStoreKind.keyring.rawValue
    case 2: LoginStoreKind.loginKeychain.rawValue
    case 3: LoginStoreKind.encrypted.rawValue
    case 4: LoginStoreKind.plain.rawValue
    default: APIKey.dotEnvName
    }
  }

  /// - Parameter known: how the folder looked when a refresh last saw it. While that is unchanged nothing was added to
  ///   it, and what was missing need not be looked for.
  public static func of(factoryDirectory: String, known: FolderStamp? = nil) -> String {
    var present = all
    if let known, known.fingerprint == FolderStamp.fingerprint(of: factoryDirectory) {
      present = known.present
    }
    return files(in: factoryDirectory, present: &present)
  }

  /// The stamp, and what spares the next ones their search; nil for the latter while that could be deceived.
  static func look(factoryDirectory: String, now: Moment) -> (stamp: String, folder: FolderStamp?) {
    // First the folder: what is added from here on changes it.
    let fingerprint = FolderStamp.fingerprint(of: factoryDirectory, unchangedSince: now)
    var present = all
    let stamp = files(in: factoryDirectory, present: &present)
    guard let fingerprint, !hasDanglingLinks(factoryDirectory, present) else { return (stamp, nil) }
    return (stamp, FolderStamp(fingerprint: fingerprint, present: present))
  }

  /// - Parameter present: which files to look at; which of them are there.
  private static func files(in factoryDirectory: String, present: inout UInt8) -> String {
    var fingerprint = Fingerprint()
    for place in 0..<count {
      var status = stat()
      guard present & 1 << place != 0, stat(factoryDirectory + "/" + name(place), &status) == 0
      else {
        present &= ~(1 << place)
        fingerprint.add("-")
        continue
      }
      fingerprint.add(Int64(truncatingIfNeeded: status.st_ino))
      fingerprint.add(Int64(status.st_size))
      fingerprint.add(Int64(status.modified.tv_sec))
      fingerprint.add(Int64(status.modified.tv_nsec))
    }
    return fingerprint.text
  }

  /// A link that leads nowhere may lead somewhere tomorrow, and the folder will not tell.
  private static func hasDanglingLinks(_ factoryDirectory: String, _ present: UInt8) -> Bool {
    (0..<count).contains { place in
      var status = stat()
      return present & 1 << place == 0 && lstat(factoryDirectory + "/" + name(place), &status) == 0
    }
  }
}

/// How the folder of the login looked, and which of the files were in it.
public struct FolderStamp: Equatable, Sendable {
  public let fingerprint: String
  /// A bit a file, in the order of `LoginStamp`.
  public let present: UInt8

  public init(fingerprint: String, present: UInt8) {
    self.fingerprint = fingerprint
    self.present = present
  }

  /// A folder changed twice in one tick of its clock looks the same: so soon after a change it is not to be believed.
  private static let settledSeconds: Int64 = 2

  /// - Parameter unchangedSince: nil is answered for a folder that was changed shortly before, or has a time to come.
  static func fingerprint(of folder: String, unchangedSince now: Moment? = nil) -> String? {
    var status = stat()
    guard stat(folder, &status) == 0 else { return nil }
    let changed = Moment(seconds: Int64(status.modified.tv_sec))
    if let now, now.seconds(since: changed) <= settledSeconds { return nil }
    var fingerprint = Fingerprint()
    fingerprint.add(Int64(truncatingIfNeeded: status.st_dev))
    fingerprint.add(Int64(truncatingIfNeeded: status.st_ino))
    fingerprint.add(Int64(status.modified.tv_sec))
    fingerprint.add(Int64(status.modified.tv_nsec))
    return fingerprint.text
  }
}

extension stat {
  /// When the content last changed; the field has another name on each system.
  var modified: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }
}
