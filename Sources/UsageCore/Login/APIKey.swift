/// `FACTORY_API_KEY`: a bearer that never expires and is never refreshed.
public enum APIKey {
  static let variable = "FACTORY_API_KEY"
  static let dotEnvName = ".env"

  /// The key of the environment, else of `.factory/.env`.
  public static func find(environment: Environment, factoryDirectory: String) -> String? {
    if let key = environment[variable].map({ trim($0) }), LoginDocument.isToken(key) { return key }
    guard let text = try? BoundedFile.text(factoryDirectory + "/" + dotEnvName, limit: 64 * 1024)
    else { return nil }
    return dotEnv(text)
  }

  /// `FACTORY_API_KEY=…` lines, with an optional `export` and optional quotes; the last one counts.
  static func dotEnv(_ text: String) -> String? {
    var found: String?
    for line in text.split(whereSeparator: \.isNewline) {
      var line = trim(line)
      if line.hasPrefix("export ") { line = trim(line.dropFirst(7)) }
      guard let equals = line.firstIndex(of: "="), trim(line[..<equals]) == variable else {
        continue
      }
      let key = unquoted(trim(line[line.index(after: equals)...]))
      found = LoginDocument.isToken(key) ? key : nil
    }
    return found
  }

  private static func unquoted(_ value: String) -> String {
    for quote in ["\"", "'"] where value.hasPrefix(quote) {
      guard let end = value.dropFirst().firstIndex(of: Character(quote)) else { return value }
      return String(value[value.index(after: value.startIndex)..<end])
    }
    // An unquoted value may be followed by a comment.
    return String(value.prefix { !$0.isWhitespace })
  }
}
