import CLibraries

/// The system's libraries that a refresh opens.
enum LibraryChecks {
  static var all: [Doctor.Check] {
    var message = [CChar](repeating: 0, count: Int(CURL_LIBRARY_MESSAGE_SIZE))
    var file: UnsafePointer<CChar>?
    func check(_ name: String, _ version: UnsafePointer<CChar>?, _ package: String)
      -> Doctor.Check
    {
      guard let version else {
        return Doctor.Check(name, false, "\(message.text): install \(package)")
      }
      let line = String(cString: version).split(separator: " ").prefix(2).joined(separator: " ")
      return Doctor.Check(name, true, "\(file.map { String(cString: $0) } ?? "?") (\(line))")
    }
    let curl = check("libcurl", curl_library_version(&file, &message), "libcurl4")
    return [curl, check("libcrypto", crypto_library_version(&file, &message), "libssl3")]
  }
}
