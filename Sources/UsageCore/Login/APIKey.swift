/// `FACTORY_API_KEY`: a bearer that never expires and is never refreshed.
enum APIKey {
  static let variable = "FACTORY_API_KEY"
  static let dotEnvName = ".env"

  /// The key of the environment, else of `.factory/.env`.
  static func find(environment: Environment, factoryDirectory: String) -> String? {
    if let key = environment[variable].map({ trim($0) }), key.isVisibleASCII { return key }
    let path = Path.joined(factoryDirectory, dotEnvName)
    return (try? BoundedFile.text(path, limit: 64 * 1024)).flatMap { dotEnv($0) }
  }

  /// Parses `FACTORY_API_KEY=…` lines with optional `export` and quotes. The last one wins.
  static func dotEnv(_ text: String) -> String? {
    var found: String?
    for line in text.split(whereSeparator: { $0.isNewline }) {
      var line = trim(line)
      if line.hasPrefix("export ") { line = trim(line.dropFirst(7)) }
      guard let equals = line.firstIndex(of: "="), trim(line[..<equals]) == variable else {
        continue
      }
      let key = unquoted(trim(line[line.index(after: equals)...]))
      found = key.isVisibleASCII ? key : nil
    }
    return found
  }

  /// The value without its quotes, or up to a comment.
  private static func unquoted(_ value: String) -> String {
    if let quote = value.first, quote == "\"" || quote == "'",
      let end = value.dropFirst().firstIndex(of: quote)
    {
      return String(value[value.index(after: value.startIndex)..<end])
    }
    return String(value.unicodeScalars.prefix { !$0.isSpace })
  }
}
